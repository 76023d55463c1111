using Microsoft.DurableTask;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Functions.FanOut;

/// <summary>
/// <c>degree</c> activities, each with its share of the tasks. A task that throws fails for good, as it does in a function; a
/// share whose process died is tried again as a whole.
/// </summary>
/// <param name="context">The orchestration.</param>
/// <param name="state">The run.</param>
/// <param name="fanIn">Where results go.</param>
internal sealed class BatchFanOut(TaskOrchestrationContext context, FanOutState state, FanIn fanIn)
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
                fanIn.Add(await context.CallActivityAsync<BatchResult>(nameof(ExecuteTaskBatch), Request(first, tasks, attempt, queued)));
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

    private BatchRequest Request(int first, int tasks, int attempt, long queued)
    {
        ExperimentSpec spec = state.Document.Spec;
        return new BatchRequest(
            state.Document.Id,
            state.Run.RunId,
            state.Run.Workload.Kind,
            state.Run.Workload.Size,
            first,
            tasks,
            spec.Seed,
            spec.TaskTimeoutSeconds,
            attempt,
            queued);
    }

    private int Boundary(int share) => (int)((long)state.Run.Workload.Tasks * share / _shares);
}
