public static class Asynchronously
{
    private const int AtOnce = 2;

    public static async Task<Result[]> RunAsync(IReadOnlyList<Item> items, CancellationToken cancellationToken)
    {
        var results = new Result[items.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, items.Count, options, async (i, token) => results[i] = await Work.DoAsync(items[i], token));
        return results;
    }
}
