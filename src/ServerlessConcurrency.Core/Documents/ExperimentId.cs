using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ServerlessConcurrency.Core.Documents;

/// <summary>
/// Experiment ids: the UTC second in which the experiment was started and four random letters or digits, e.g.
/// <c>20260131-093000-k7qd</c>. They sort by time and are safe in file names, table keys and URLs.
/// </summary>
public static partial class ExperimentId
{
    private const string SecondFormat = "yyyyMMdd-HHmmss";

    // In the order in which texts are sorted.
    private const string Alphabet = "23456789abcdefghjkmnpqrstuvwxyz";
    private const int Letters = 4;
    private const int LargestStep = 256;
    private const int RememberedSeconds = 60;

    private static readonly int Endings = (int)Math.Pow(Alphabet.Length, Letters);
    // The last ending of each second: clocks that are read side by side, or differ, come in any order.
    private static readonly Dictionary<string, int> Last = [];

    /// <summary>Makes a new id. Those that one program makes in the same second, some thousand, sort in the order in which they were made.</summary>
    /// <param name="startedAt">When the experiment was started.</param>
    /// <returns>The id.</returns>
    public static string Create(DateTimeOffset startedAt)
    {
        string second = startedAt.UtcDateTime.ToString(SecondFormat, CultureInfo.InvariantCulture);
        lock (Last)
        {
            if (!Last.TryGetValue(second, out int last))
            {
                last = Endings;
                if (Last.Count == RememberedSeconds)
                    Last.Clear();
            }

            int next = last + RandomNumberGenerator.GetInt32(1, LargestStep + 1);
            // The first leaves room for others.
            Last[second] = next = next < Endings ? next : RandomNumberGenerator.GetInt32(Endings / 2);
            return $"{second}-{Spell(next)}";
        }
    }

    /// <summary>Whether a text has the form of an id.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>True for the form of <see cref="Create"/>.</returns>
    public static bool IsValid(string? text) => text is not null && Form().IsMatch(text);

    /// <summary>Whether a new experiment may have the id: it begins with a date and a time that there are. What is stored may have another.</summary>
    /// <param name="id">A text of the form of an id.</param>
    public static bool HasTime(string id) =>
        DateTime.TryParseExact(id.AsSpan(0, SecondFormat.Length), SecondFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static string Spell(int ending) => string.Create(Letters, ending, static (letters, rest) =>
    {
        for (int place = Letters - 1; place >= 0; place--, rest /= Alphabet.Length)
            letters[place] = Alphabet[rest % Alphabet.Length];
    });

    [GeneratedRegex("^[0-9]{8}-[0-9]{6}-[a-z0-9]{4}\\z")]
    private static partial Regex Form();
}
