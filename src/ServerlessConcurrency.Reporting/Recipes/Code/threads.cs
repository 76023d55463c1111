public static class OnThreads
{
    private const int AtOnce = 2;

    public static Result[] Run(IReadOnlyList<Item> items)
    {
        var results = new Result[items.Count];
        int next = -1;
        Thread[] threads = [.. Enumerable.Range(0, AtOnce).Select(_ => new Thread(() =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < items.Count;)
                results[i] = Work.Do(items[i]);
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return results;
    }
}
