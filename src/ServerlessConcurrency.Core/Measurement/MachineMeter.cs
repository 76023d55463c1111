using System.Diagnostics;
using ServerlessConcurrency.Core.Experiments;

namespace ServerlessConcurrency.Core.Measurement;

/// <summary>
/// Measures what the machine's processors did for others: steal time and other programs, from the first line of /proc/stat (see
/// proc(5)), which counts in steps of 10 ms. Linux only. In a container the figures are usually those of the whole machine.
/// </summary>
public sealed class MachineMeter
{
    // USER_HZ, which is 100 on every platform that .NET runs on.
    private const double MillisecondsPerTick = 10;

    private Sample? _atStart;
    private long _startedAt;

    /// <summary>Begins a measurement.</summary>
    public void Start()
    {
        _atStart = Sample.Take();
        _startedAt = Stopwatch.GetTimestamp();
    }

    /// <summary>Ends the measurement.</summary>
    /// <param name="own">The processor time that belongs to what is measured.</param>
    /// <returns>What others used since <see cref="Start"/>; null where the system does not tell.</returns>
    public MachineLoad? Stop(TimeSpan own)
    {
        if (_atStart is not { } start || Sample.Take() is not { } now)
            return null;
        double busy = (now.Busy - start.Busy) * MillisecondsPerTick;
        return new MachineLoad(
            Math.Max(0, now.Steal - start.Steal) * MillisecondsPerTick,
            // The two clocks tick differently: over a short run there may seem to be less than nothing.
            Math.Max(0, busy - own.TotalMilliseconds),
            now.Processors * Stopwatch.GetElapsedTime(_startedAt).TotalMilliseconds);
    }

    private readonly record struct Sample(long Busy, long Steal, int Processors)
    {
        public static Sample? Take()
        {
            if (!OperatingSystem.IsLinux())
                return null;
            try
            {
                string[] lines = [.. File.ReadLines("/proc/stat").TakeWhile(line => line.StartsWith("cpu", StringComparison.Ordinal))];
                long[] ticks = [.. lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(long.Parse)];
                // user nice system idle iowait irq softirq steal; guest time is part of user time.
                return new Sample(ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6], ticks[7], lines.Length - 1);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
            {
                // Sandboxes hide it, or show less of it.
                return null;
            }
        }
    }
}
