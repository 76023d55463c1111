using System.Diagnostics;

namespace ServerlessConcurrency.Core.Measurement;

/// <summary>
/// A clock whose timestamps can be compared between machines: the UTC time at which this process first looked, carried on by
/// the monotonic clock. Within a process it is as precise as <see cref="Stopwatch"/> and never steps; between machines it is
/// as good as their clocks are synchronised, a few ms in Azure. Timestamps count <see cref="Stopwatch.Frequency"/> units
/// since the Unix epoch, so that differences can be taken with <see cref="Stopwatch.GetElapsedTime(long, long)"/>.
/// </summary>
public sealed class UtcClock : TimeProvider
{
    private readonly long _anchor = Stopwatch.GetTimestamp();
    private readonly long _atAnchor = Timestamp(DateTimeOffset.UtcNow);

    private UtcClock()
    {
    }

    public static UtcClock Instance { get; } = new();

    public override long TimestampFrequency => Stopwatch.Frequency;

    /// <summary>The timestamp of a point in time, e.g. of one that another machine took down.</summary>
    /// <returns>Units of <see cref="TimestampFrequency"/> since the Unix epoch.</returns>
    public static long Timestamp(DateTimeOffset time) =>
        (long)((Int128)(time - DateTimeOffset.UnixEpoch).Ticks * Stopwatch.Frequency / TimeSpan.TicksPerSecond);

    /// <summary>The time from one timestamp to another, in ms.</summary>
    public static double Milliseconds(long from, long to) => (to - from) * 1_000.0 / Stopwatch.Frequency;

    public override long GetTimestamp() => _atAnchor + (Stopwatch.GetTimestamp() - _anchor);
}
