namespace ServerlessConcurrency.Claims.Locks;

internal sealed class CounterThreads : ICounterCrew
{
    private readonly Incrementer _incrementer = new(names: null);
    private long _counter;

    public int Size => 4;

    public string Scope => CounterTrial.Threads;

    public (long Counted, IReadOnlyList<CountingInTurns.Stint> Stints) Run(IncrementWay way, int workers)
    {
        Volatile.Write(ref _counter, 0);
        var stints = new CountingInTurns.Stint[workers];
        long[] board = new long[CountingInTurns.BoardLength(workers)];
        using var start = new Barrier(workers);
        Thread[] threads = [.. Enumerable.Range(0, workers).Select(index => new Thread(() => Increment(index)))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        return (Volatile.Read(ref _counter), stints);

        void Increment(int index)
        {
            start.SignalAndWait();
            stints[index] = CountingInTurns.Run(count => _incrementer.Run(way, ref _counter, count), board, index, workers);
        }
    }

    public void Dispose() => _incrementer.Dispose();
}
