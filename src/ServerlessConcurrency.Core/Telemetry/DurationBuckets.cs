namespace ServerlessConcurrency.Core.Telemetry;

/// <summary>The buckets of histograms of durations: an event loop's turn falls into the first, a task that hangs into none.</summary>
public static class DurationBuckets
{
    /// <summary>Upper bounds in seconds, ascending, from 10 µs to 500 s.</summary>
    public static IReadOnlyList<double> Seconds { get; } =
        [.. from power in Enumerable.Range(-5, 8) from step in (double[])[1, 2.5, 5] select Math.Round(step * Math.Pow(10, power), 6)];
}
