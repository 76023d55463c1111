using System.IO.Compression;
using System.Runtime.InteropServices;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Reporting.Timelines;

/// <summary>The attempts of a timeline: of all runs in their order, and of all their lanes.</summary>
internal sealed class TimelineColumns
{
    private const int OutcomeBits = 3;
    private const int MostRetries = 31;

    private readonly List<int>[] _numbers = [[], [], [], []];
    private readonly List<byte> _outcomes = [];

    public int Count => _outcomes.Count;

    /// <summary>Adds an attempt; times in ticks.</summary>
    /// <param name="begin">Of the first of a lane when it began, of others how long after the one before.</param>
    public void Add(int begin, int wait, int duration, int task, TaskOutcome outcome, int retries)
    {
        _numbers[0].Add(begin);
        _numbers[1].Add(wait);
        _numbers[2].Add(duration);
        _numbers[3].Add(task);
        _outcomes.Add((byte)((int)outcome | (Math.Clamp(retries, 0, MostRetries) << OutcomeBits)));
    }

    /// <summary>The attempts of a lane.</summary>
    public IReadOnlyList<TimelineAttempt> Read(int row, int count, int tickMicroseconds)
    {
        var attempts = new TimelineAttempt[count];
        int ticks = 0;
        for (int index = 0; index < count; index++, row++)
        {
            ticks += _numbers[0][row];
            attempts[index] = new TimelineAttempt(
                Milliseconds(ticks - _numbers[1][row]),
                Milliseconds(ticks),
                Milliseconds(ticks + _numbers[2][row]),
                (TaskOutcome)(_outcomes[row] & ((1 << OutcomeBits) - 1)),
                _outcomes[row] >> OutcomeBits > 0);
        }

        return attempts;

        double Milliseconds(int ticks) => (double)ticks * tickMicroseconds / 1000;
    }

    /// <returns>
    /// Base 64 of what gzip makes of five columns, one after another: begin, wait, duration and task index as 32-bit integers, then a byte with the
    /// outcome and, from its fourth bit on, the attempts before.
    /// </returns>
    public string Pack()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (List<int> numbers in _numbers)
                gzip.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(numbers)));
            gzip.Write(CollectionsMarshal.AsSpan(_outcomes));
        }

        return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }
}
