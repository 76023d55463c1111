using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

public static class FanOut
{
    private const int AtOnce = 2;

    [Function("FanOut")]
    public static async Task<Result[]> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        Item[] items = context.GetInput<Item[]>()!;
        var results = new Result[items.Length];
        int next = 0;
        async Task TakeTurnsAsync()
        {
            for (int i; (i = next++) < items.Length;)
                results[i] = await context.CallActivityAsync<Result>("DoWork", items[i]);
        }

        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => TakeTurnsAsync()));
        return results;
    }

    [Function("DoWork")]
    public static Result Do([ActivityTrigger] Item item) => Work.Do(item);
}
