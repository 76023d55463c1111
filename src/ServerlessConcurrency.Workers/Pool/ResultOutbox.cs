using System.Diagnostics;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers.Pool;

/// <summary>
/// Holds results of short tasks back for a moment, so that many of them cost one system call. While results are held back and
/// a task turns out to be a long one, a second thread sends them: the parent must know which task is under way.
/// </summary>
internal sealed class ResultOutbox(FrameWriter writer)
{
    private const int LateFlushMilliseconds = 10;

    private static readonly long HoldTicks = Stopwatch.Frequency / 4_000;

    private readonly object _gate = new();
    private Thread? _lateFlusher;
    private bool _isWatched;
    private long _lastFlushTicks;
    private long _added;

    /// <summary>Called before each task.</summary>
    public void BeforeTask()
    {
        if (writer.PendingBytes == 0 || _isWatched)
            return;
        if (_lateFlusher is null)
        {
            _lateFlusher = new Thread(FlushLate, maxStackSize: 256 * 1024) { IsBackground = true, Name = "late results" };
            _lateFlusher.Start();
        }

        lock (_gate)
        {
            _isWatched = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Adds a result; sends it unless results were sent less than 250 microseconds before.</summary>
    public void Add(in TaskAttempt result)
    {
        lock (_gate)
        {
            ResultFrame.Write(writer, result);
            _added++;
            if (result.FinishedTicks - _lastFlushTicks < HoldTicks)
                return;
            _lastFlushTicks = result.FinishedTicks;
            writer.Flush();
        }
    }

    /// <summary>Sends what is held back.</summary>
    public void Flush()
    {
        if (writer.PendingBytes == 0)
            return;
        lock (_gate)
        {
            _lastFlushTicks = Stopwatch.GetTimestamp();
            writer.Flush();
        }
    }

    /// <summary>Sends a frame at once, after what is held back.</summary>
    /// <param name="lastOfAll">What is done when only the sending is left to do; null for nothing.</param>
    public void Send<T>(byte kind, T value, Action? lastOfAll = null)
    {
        lock (_gate)
        {
            writer.AppendJson(kind, value);
            lastOfAll?.Invoke();
            writer.Flush();
        }
    }

    /// <summary>Sends a frame without contents at once, after what is held back.</summary>
    public void Send(byte kind)
    {
        lock (_gate)
        {
            writer.Append(kind, 0);
            writer.Flush();
        }
    }

    private void FlushLate()
    {
        while (true)
        {
            lock (_gate)
            {
                while (!_isWatched)
                    Monitor.Wait(_gate);
            }

            long seen;
            do
            {
                seen = Volatile.Read(ref _added);
                Thread.Sleep(LateFlushMilliseconds);
            }
            while (seen != Volatile.Read(ref _added));

            lock (_gate)
            {
                writer.Flush();
                _isWatched = false;
            }
        }
    }
}
