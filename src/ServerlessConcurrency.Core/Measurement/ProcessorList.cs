using System.Globalization;

namespace ServerlessConcurrency.Core.Measurement;

/// <summary>The processors that this program may use. Linux only.</summary>
internal static class ProcessorList
{
    /// <param name="root">Where /proc is; empty but for tests.</param>
    /// <returns>Their numbers; null where the system does not tell.</returns>
    /// <exception cref="FormatException">The system tells something else.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be read.</exception>
    public static IReadOnlySet<int>? Read(string root = "") =>
        ProcStatus.Find("Cpus_allowed_list", root) is { } allowed ? Parse(allowed).ToHashSet() : null;

    // As in "0-3,8,10-11".
    private static IEnumerable<int> Parse(string list) => list.Split(',').SelectMany(range =>
    {
        int[] ends = [.. range.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture))];
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    });
}
