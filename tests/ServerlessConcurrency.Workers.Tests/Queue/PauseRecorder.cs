using System.Collections.Concurrent;

namespace ServerlessConcurrency.Workers.Tests.Queue;

/// <summary>A clock that takes down every pause up to a length and shortens it to almost nothing.</summary>
internal sealed class PauseRecorder(TimeSpan longest) : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _pauses = new();

    public IReadOnlyCollection<TimeSpan> Pauses => _pauses;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        bool isPause = dueTime > TimeSpan.Zero && dueTime <= longest && period == Timeout.InfiniteTimeSpan;
        if (isPause)
            _pauses.Enqueue(dueTime);
        return System.CreateTimer(callback, state, isPause ? TimeSpan.FromMilliseconds(1) : dueTime, period);
    }
}
