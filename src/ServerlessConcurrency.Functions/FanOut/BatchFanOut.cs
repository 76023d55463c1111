using Microsoft.DurableTask;
using ServerlessConcurrency.Core.Measurement;

namespace ServerlessConcurrency.Functions.FanOut;

/// <summary>
/// <c>degree</c> activities, each with its share of the tasks. A task that throws fails for good, as it does in a function; a
/// share whose process died is tried again as a whole.
/// </summary>
internal sealed class BatchFanOut(TaskOrchestrationContext context, FanOutState state, ActivityFanIn fanIn)
{
    private readonly int _shares = Math.Min(state.Run.Degree, state.Run.Workload.Tasks);

    public Task RunAsync() => Task.WhenAll(Enumerable.Range(0, _shares).Select(ExecuteAsync));

    private async Task ExecuteAsync(int share)
    {
        int first = Boundary(share);
        int tasks = Boundary(share + 1) - first;
        for (int attempt = 1; ; attempt++)
        {
            long queued = UtcClock.Timestamp(context.CurrentUtcDateTime);
            try
            {
                var request = new BatchRequest(state.Order.Share(first, tasks), attempt, queued);
                fanIn.Add(await context.CallActivityAsync<BatchResult>(nameof(ExecuteTaskBatch), request));
                return;
            }
            catch (TaskFailedException exception)
            {
                fanIn.AddLostActivity();
                for (int task = first; task < first + tasks; task++)
                    fanIn.Add(LostAttempt.Of(context, task, attempt, queued, exception));
                if (attempt >= state.Options.MaxAttempts)
                {
                    fanIn.Fail($"tasks {first} to {first + tasks - 1} were lost {attempt} times, at last of: {LostAttempt.Describe(exception)}");
                    return;
                }
            }

            await context.CreateTimer(state.Options.DelayBefore(attempt + 1), CancellationToken.None);
        }
    }

    private int Boundary(int share) => (int)((long)state.Run.Workload.Tasks * share / _shares);
}
