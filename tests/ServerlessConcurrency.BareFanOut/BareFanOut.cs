using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ServerlessConcurrency.BareFanOut;

/// <summary>
/// What somebody writes who only wants the fan-out: <c>Task.WhenAll</c> over empty activities, nothing limited, nothing
/// retried, nothing taken down but how long it took. The reference of benchmark <c>durable-fan-out</c>.
/// </summary>
public static class BareFanOut
{
    [Function("GetHealth")]
    public static IResult Health([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Results.Ok();
    }

    [Function("Start")]
    public static async Task<IResult> StartAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "bare/{tasks}")] HttpRequest request,
        int tasks,
        [DurableClient] DurableTaskClient client)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Results.Text(await client.ScheduleNewOrchestrationInstanceAsync(nameof(FanOut), tasks));
    }

    /// <summary>How many ms it took; empty until it is done.</summary>
    [Function("Get")]
    public static async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "bare/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client)
    {
        ArgumentNullException.ThrowIfNull(request);
        OrchestrationMetadata? instance = await client.GetInstanceAsync(id, getInputsAndOutputs: true);
        return Results.Text(instance?.SerializedOutput ?? "");
    }

    [Function(nameof(FanOut))]
    public static async Task<double> FanOut([OrchestrationTrigger] TaskOrchestrationContext context, int tasks)
    {
        DateTime began = context.CurrentUtcDateTime;
        await Task.WhenAll(Enumerable.Range(0, tasks).Select(index => context.CallActivityAsync<int>(nameof(Nothing), index)));
        return (context.CurrentUtcDateTime - began).TotalMilliseconds;
    }

    [Function(nameof(Nothing))]
    public static int Nothing([ActivityTrigger] int index) => index;
}
