using System.Globalization;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>How findings write what many of them tell, short enough for three lines of a terminal.</summary>
internal static class FindingWords
{
    private const int MostNamed = 3;
    private const int Longest = 240;
    private const int ShortestError = 70;

    /// <summary>A time with two digits or more, e.g. <c>0.016 ms</c>.</summary>
    public static string Milliseconds(double time) => time is > 0 and < 0.001
        ? "under 0.001 ms"
        : string.Create(CultureInfo.InvariantCulture, $"{time.ToString(time < 10 ? "G2" : "N0", CultureInfo.InvariantCulture)} ms");

    /// <summary>How a time compares with a shorter one, as both are written: <c>longer than</c>, or <c>as long as</c> where they read the same.</summary>
    public static string LongerThan(double time, double shorter) => Milliseconds(time) == Milliseconds(shorter) ? "as long as" : "longer than";

    /// <summary>A long time given in ms, e.g. <c>0.8 s</c> or <c>34 s</c>.</summary>
    public static string Seconds(double milliseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{(milliseconds / 1_000).ToString(milliseconds < 10_000 ? "0.##" : "N0", CultureInfo.InvariantCulture)} s");

    /// <summary>The first of many names, e.g. <c>r0001-002, r0002-004 and 5 more</c>.</summary>
    public static string First(IReadOnlyList<string> names) => names.Count <= MostNamed
        ? string.Join(", ", names)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(MostNamed))} and {names.Count - MostNamed:N0} more");

    public static string First(IEnumerable<RunResult> runs) => First([.. runs.Select(run => run.RunId)]);

    /// <summary>A finding that ends with what somebody else's code said, of which as much is told as there is room for; an end that is cut off shows as <c>...</c></summary>
    public static string WithError(string sentence, string? error)
    {
        string message = $"{sentence} First error: ";
        string told = (error ?? "no error was told").TrimEnd('.', ' ');
        string shortened = SpecFields.Shorten(told, Math.Max(ShortestError, Longest - message.Length - 1));
        return message + shortened + (shortened.Length < told.Length ? "" : ".");
    }
}
