using Microsoft.DurableTask;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Durable.FanOut;

/// <summary>
/// An activity for each task, over <c>degree</c> lanes: a lane schedules its next task when its last one is done for good. So no
/// more than that many activities of this fan-out are ever in flight, whatever else the app does.
/// </summary>
/// <param name="state">The run and the tasks of this generation.</param>
internal sealed class TaskFanOut(TaskOrchestrationContext context, FanOutState state, ActivityFanIn fanIn)
{
    private int _next = state.NextTask;

    public Task RunAsync()
    {
        int lanes = Math.Min(state.Order.Degree, state.EndTask - state.NextTask);
        return Task.WhenAll(Enumerable.Range(0, lanes).Select(_ => RunLaneAsync()));
    }

    // All lanes take turns on the orchestration's one thread, so that the counter needs no lock.
    private async Task RunLaneAsync()
    {
        long? ended = null;
        while (_next < state.EndTask)
        {
            if (ended is { } before)
                fanIn.AddTurnaround(UtcClock.Milliseconds(before, UtcClock.Timestamp(context.CurrentUtcDateTime)));
            ended = await ExecuteAsync(_next++);
            fanIn.End(1);
        }
    }

    // When its last attempt ended on its host; null where nobody knows.
    private async Task<long?> ExecuteAsync(int index)
    {
        for (int attempt = 1; ; attempt++)
        {
            TaskAttempt ended = await AttemptAsync(index, attempt);
            fanIn.Add(ended);
            if (ended.Outcome == TaskOutcome.Succeeded)
                return ended.FinishedTicks;
            if (attempt >= state.Options.MaxAttempts)
            {
                fanIn.Fail($"task {index} failed {Counted.Of(attempt, "time")}, at last of: {ended.Error}");
                return ended.Outcome == TaskOutcome.Lost ? null : ended.FinishedTicks;
            }

            await context.CreateTimer(state.Options.DelayBefore(attempt + 1), CancellationToken.None);
        }
    }

    private async Task<TaskAttempt> AttemptAsync(int index, int attempt)
    {
        long queued = UtcClock.Timestamp(context.CurrentUtcDateTime);
        try
        {
            TaskResult result = await context.CallActivityAsync<TaskResult>(nameof(ExecuteTask), state.Order.Share(index, 1));
            fanIn.Add(new HostIdentity(result.Machine, result.ProcessId), result.Usage.ToUsage(), result.Executions);
            return result.ToAttempt(index, attempt, queued);
        }
        catch (TaskFailedException exception)
        {
            fanIn.AddLostActivity();
            return LostAttempt.Of(context, index, attempt, queued, exception);
        }
    }
}
