using System.Diagnostics;
using System.Globalization;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Measurement;

/// <summary>
/// Measures what the processors that this program may use did for others: steal time and other programs, from the lines of these
/// processors in /proc/stat (see proc(5)), which counts in steps of 10 ms. Linux only.
/// </summary>
public sealed class MachineMeter
{
    // USER_HZ, which is 100 on every platform that .NET runs on.
    private const double MillisecondsPerTick = 10;

    private readonly string _root;
    private Sample? _atStart;
    private long _startedAt;

    public MachineMeter()
        : this("")
    {
    }

    internal MachineMeter(string root) => _root = root;

    public void Start()
    {
        _atStart = Sample.Take(_root);
        _startedAt = Stopwatch.GetTimestamp();
    }

    /// <param name="own">The processor time that belongs to what is measured.</param>
    /// <returns>What others used since <see cref="Start"/>; null where the system does not tell.</returns>
    public MachineLoad? Stop(TimeSpan own)
    {
        if (_atStart is not { } start || Sample.Take(_root) is not { } now)
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
        public static Sample? Take(string root)
        {
            if (!OperatingSystem.IsLinux())
                return null;
            try
            {
                IReadOnlySet<int>? allowed = ProcessorList.Read(root);
                // The first line is the sum of all others.
                long[][] processors =
                [
                    .. File.ReadLines(root + "/proc/stat").Skip(1).TakeWhile(line => line.StartsWith("cpu", StringComparison.Ordinal))
                        .Select(line => line[3..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                        .Select(fields => (long[])[.. fields.Select(field => long.Parse(field, CultureInfo.InvariantCulture))])
                        .Where(fields => allowed is null || allowed.Contains((int)fields[0])),
                ];
                // Its number, then user nice system idle iowait irq softirq steal; guest time is part of user time.
                return new Sample(
                    processors.Sum(fields => fields[1] + fields[2] + fields[3] + fields[6] + fields[7]),
                    processors.Sum(fields => fields[8]),
                    processors.Length);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
            {
                // Sandboxes hide it, or show less of it.
                return null;
            }
        }
    }
}
