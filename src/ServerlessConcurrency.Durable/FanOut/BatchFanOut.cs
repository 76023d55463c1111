using Microsoft.DurableTask;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Durable.FanOut;

/// <summary>
/// <c>degree</c> activities, each with its share of the tasks and of those in flight. A task that throws fails for good, as it does in a function; a
/// share whose process died is tried again as a whole.
/// </summary>
internal sealed class BatchFanOut(TaskOrchestrationContext context, FanOutState state, ActivityFanIn fanIn)
{
    private readonly int _shares = Math.Min(state.Order.Degree, state.Order.Tasks);

    public Task RunAsync() => Task.WhenAll(Enumerable.Range(0, _shares).Select(ExecuteAsync));

    private async Task ExecuteAsync(int share)
    {
        RunOrder run = state.Order;
        int first = Boundary(run.Tasks, share);
        int tasks = Boundary(run.Tasks, share + 1) - first;
        RunOrder part = run.Share(first, tasks) with
        {
            InFlight = run.InFlight is { } inFlight ? Boundary(inFlight, share + 1) - Boundary(inFlight, share) : null,
        };
        for (int attempt = 1; ; attempt++)
        {
            long queued = UtcClock.Timestamp(context.CurrentUtcDateTime);
            try
            {
                var request = new BatchRequest(part, attempt, queued);
                fanIn.Add(await context.CallActivityAsync<BatchResult>(nameof(ExecuteTaskBatch), request));
                fanIn.End(tasks);
                return;
            }
            catch (TaskFailedException exception)
            {
                fanIn.AddLostActivity();
                for (int task = first; task < first + tasks; task++)
                    fanIn.Add(LostAttempt.Of(context, task, attempt, queued, exception));
                if (attempt >= state.Options.MaxAttempts)
                {
                    fanIn.Fail($"{(tasks == 1 ? $"task {first} was" : $"tasks {first} to {first + tasks - 1} were")} lost {Counted.Of(attempt, "time")}, at last of: {LostAttempt.Describe(exception)}");
                    return;
                }
            }

            await context.CreateTimer(state.Options.DelayBefore(attempt + 1), CancellationToken.None);
        }
    }

    private int Boundary(int total, int share) => (int)((long)total * share / _shares);
}
