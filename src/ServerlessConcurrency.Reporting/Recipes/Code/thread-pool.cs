public static class OnTheThreadPool
{
    private const int AtOnce = 2;

    public static Result[] Run(IReadOnlyList<Item> items, CancellationToken cancellationToken)
    {
        var results = new Result[items.Count];
        // Tasks that block hold threads, and the pool adds new ones slowly.
        ThreadPool.SetMinThreads(AtOnce + Environment.ProcessorCount, Environment.ProcessorCount);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        Parallel.For(0, items.Count, options, i => results[i] = Work.Do(items[i]));
        return results;
    }
}
