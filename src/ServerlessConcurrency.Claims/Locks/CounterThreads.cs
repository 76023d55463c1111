using System.Diagnostics;

namespace ServerlessConcurrency.Claims.Locks;

/// <summary>Threads that increment one counter.</summary>
internal sealed class CounterThreads : ICounterCrew
{
    private readonly Incrementer _incrementer = new(names: null);
    private long _counter;

    /// <inheritdoc/>
    public int Size => 4;

    /// <inheritdoc/>
    public string Scope => CounterTrial.Threads;

    /// <inheritdoc/>
    public (long Counted, double Seconds) Run(IncrementWay way, int workers, int increments)
    {
        Volatile.Write(ref _counter, 0);
        var spans = new (long Began, long Ended)[workers];
        using var start = new Barrier(workers);
        Thread[] threads = [.. Enumerable.Range(0, workers).Select(index => new Thread(() => Increment(index)))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        return (Volatile.Read(ref _counter), Stopwatch.GetElapsedTime(spans.Min(span => span.Began), spans.Max(span => span.Ended)).TotalSeconds);

        void Increment(int index)
        {
            start.SignalAndWait();
            long began = Stopwatch.GetTimestamp();
            _incrementer.Run(way, ref _counter, increments);
            spans[index] = (began, Stopwatch.GetTimestamp());
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _incrementer.Dispose();
}
