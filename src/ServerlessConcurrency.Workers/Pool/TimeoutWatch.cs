namespace ServerlessConcurrency.Workers.Pool;

/// <summary>Looks from time to time whether a worker has been at one task for too long.</summary>
internal sealed class TimeoutWatch : IDisposable
{
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromSeconds(1);

    private readonly Timer? _timer;

    public TimeoutWatch(Func<PoolWorker[]> workers, TimeSpan timeout)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
            return;
        TimeSpan period = TimeSpan.FromTicks(Math.Clamp(timeout.Ticks / 4, ShortestPeriod.Ticks, LongestPeriod.Ticks));
        _timer = new Timer(_ => Look(workers(), timeout), null, period, period);
    }

    public void Dispose() => _timer?.Dispose();

    private static void Look(PoolWorker[] workers, TimeSpan timeout)
    {
        foreach (PoolWorker worker in workers)
            worker.CheckTimeout(timeout);
    }
}
