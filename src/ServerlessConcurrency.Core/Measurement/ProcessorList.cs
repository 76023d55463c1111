using System.Globalization;

namespace ServerlessConcurrency.Core.Measurement;

/// <summary>The processors that this program may use, from /proc/self/status (see proc(5)). Linux only.</summary>
internal static class ProcessorList
{
    private const string Field = "Cpus_allowed_list:";

    /// <param name="root">Where /proc is; empty but for tests.</param>
    /// <returns>Their numbers; null where the system does not tell.</returns>
    /// <exception cref="FormatException">The system tells something else.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be read.</exception>
    public static IReadOnlySet<int>? Read(string root = "")
    {
        string file = root + "/proc/self/status";
        string? allowed = File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal))
            : null;
        return allowed is null ? null : Parse(allowed[Field.Length..].Trim()).ToHashSet();
    }

    // As in "0-3,8,10-11".
    private static IEnumerable<int> Parse(string list) => list.Split(',').SelectMany(range =>
    {
        int[] ends = [.. range.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture))];
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    });
}
