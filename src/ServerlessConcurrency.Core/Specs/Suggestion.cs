namespace ServerlessConcurrency.Core.Specs;

/// <summary>What somebody may have meant who wrote a name that nobody knows.</summary>
public static class Suggestion
{
    private const int FewestLetters = 3;
    private const int LettersForTwoMistakes = 5;

    /// <returns>The known name that is nearest: up to two letters wrong, missing, too many or swapped, or only its beginning given; null where none is near.</returns>
    public static string? For(string name, IEnumerable<string> known)
    {
        string given = name.ToLowerInvariant();
        if (given.Length < FewestLetters)
            return null;
        int limit = given.Length < LettersForTwoMistakes ? 1 : 2;
        return known
            .Select(candidate => (Name: candidate, Distance: Distance(given, candidate.ToLowerInvariant(), limit)))
            .Where(candidate => candidate.Distance <= limit
                || candidate.Name.StartsWith(given, StringComparison.OrdinalIgnoreCase))
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    /// <summary>Says that the name of a model, workload or such is unknown, what may have been meant, and what is known.</summary>
    internal static string Unknown(string what, string name, IReadOnlyList<string> known) =>
        $"unknown {what} '{SpecFields.Shorten(name)}'{List(name, known)}";

    /// <summary>What may have been meant and what is known, as the end of a message.</summary>
    internal static string List(string name, IReadOnlyList<string> known) =>
        $"{(For(name, known) is { } meant ? $", did you mean '{meant}'? Known" : "; known")}: {string.Join(", ", known)}";

    // Optimal string alignment: as Levenshtein's, and two neighbours that are swapped are one mistake.
    private static int Distance(string from, string to, int limit)
    {
        if (Math.Abs(from.Length - to.Length) > limit)
            return int.MaxValue;
        int[,] distances = new int[from.Length + 1, to.Length + 1];
        for (int row = 0; row <= from.Length; row++)
        {
            for (int column = 0; column <= to.Length; column++)
            {
                if (row == 0 || column == 0)
                {
                    distances[row, column] = row + column;
                    continue;
                }

                int changed = distances[row - 1, column - 1] + (from[row - 1] == to[column - 1] ? 0 : 1);
                int least = Math.Min(changed, 1 + Math.Min(distances[row - 1, column], distances[row, column - 1]));
                if (row > 1 && column > 1 && from[row - 1] == to[column - 2] && from[row - 2] == to[column - 1])
                    least = Math.Min(least, 1 + distances[row - 2, column - 2]);
                distances[row, column] = least;
            }
        }

        return distances[from.Length, to.Length];
    }
}
