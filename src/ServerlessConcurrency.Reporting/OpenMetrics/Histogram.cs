using ServerlessConcurrency.Core.Telemetry;

namespace ServerlessConcurrency.Reporting.OpenMetrics;

/// <summary>Durations counted by bucket.</summary>
internal sealed class Histogram
{
    private static readonly double[] Bounds = [.. DurationBuckets.Seconds];
    private readonly long[] _counts = new long[Bounds.Length + 1];

    public double Sum { get; private set; }

    public long Count => _counts.Sum();

    /// <summary>How many are at most as long as each bound, ascending; the last is infinity.</summary>
    public IEnumerable<(double Bound, long Count)> Cumulative()
    {
        long count = 0;
        for (int index = 0; index < _counts.Length; index++)
            yield return (index < Bounds.Length ? Bounds[index] : double.PositiveInfinity, count += _counts[index]);
    }

    public void Add(double milliseconds)
    {
        // Clocks of different machines may differ.
        double seconds = Math.Max(0, milliseconds / 1_000);
        int index = Array.BinarySearch(Bounds, seconds);
        _counts[index < 0 ? ~index : index]++;
        Sum += seconds;
    }
}
