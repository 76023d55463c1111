using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

public static class BatchedFanOut
{
    private const int AtOnce = 2;

    [Function("FanOut")]
    public static async Task<Result[]> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        Item[] items = context.GetInput<Item[]>()!;
        int share = Math.Max(1, (items.Length + AtOnce - 1) / AtOnce);
        Result[][] shares = await Task.WhenAll(items.Chunk(share).Select(part => context.CallActivityAsync<Result[]>("DoShare", part)));
        return [.. shares.SelectMany(results => results)];
    }

    [Function("DoShare")]
    public static Result[] Do([ActivityTrigger] Item[] items)
    {
        var results = new Result[items.Length];
        Parallel.For(0, items.Length, i => results[i] = Work.Do(items[i]));
        return results;
    }
}
