using System.Globalization;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>How findings write what many of them tell, short enough for three lines of a terminal.</summary>
internal static class FindingWords
{
    private const int MostNamed = 3;
    private const int LongestError = 70;

    /// <summary>A number of things, e.g. <c>1 run</c> or <c>12 runs</c>.</summary>
    public static string Count(long number, string noun, string plural = "s") =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {noun}{(number == 1 ? "" : plural)}");

    /// <summary>A time with two digits or more, e.g. <c>0.016 ms</c>.</summary>
    public static string Milliseconds(double time) => time is > 0 and < 0.001
        ? "under 0.001 ms"
        : string.Create(CultureInfo.InvariantCulture, $"{time.ToString(time < 10 ? "G2" : "N0", CultureInfo.InvariantCulture)} ms");

    /// <summary>A long time given in ms, e.g. <c>0.8 s</c> or <c>34 s</c>.</summary>
    public static string Seconds(double milliseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{(milliseconds / 1_000).ToString(milliseconds < 10_000 ? "0.##" : "N0", CultureInfo.InvariantCulture)} s");

    /// <summary>The first of many names, e.g. <c>r0001-002, r0002-004 and 5 more</c>.</summary>
    public static string First(IReadOnlyList<string> names) => names.Count <= MostNamed
        ? string.Join(", ", names)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(MostNamed))} and {names.Count - MostNamed:N0} more");

    public static string First(IEnumerable<RunResult> runs) => First([.. runs.Select(run => run.RunId)]);

    /// <summary>What somebody else's code said, as the end of a sentence.</summary>
    public static string Error(string? error) => SpecFields.Shorten(error ?? "no error was told", LongestError).TrimEnd('.', ' ') + ".";
}
