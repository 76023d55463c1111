using Microsoft.DurableTask;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Wording;
using ServerlessConcurrency.Durable.Runs;

namespace ServerlessConcurrency.Durable.FanOut;

/// <summary>
/// A run of <c>durable</c> or <c>durable-batch</c>: at most <c>degree</c> activities in flight for this fan-out, each on
/// whatever host of the task hub takes it, and a fan-in that keeps what succeeded and names what failed. Measured from the
/// moment the first activity is scheduled to the moment the last result is back in the orchestration.
/// </summary>
public static class FanOutOrchestrator
{
    /// <summary>The id of a run's orchestration.</summary>
    internal static string InstanceId(string experimentId, string runId) => $"{experimentId}:{runId}";

    /// <summary>A run under way, for people.</summary>
    internal static string Describe(string run, int tasksDone) => $"{run}, {Counted.Of(tasksDone, "task")} done";

    /// <summary>Runs one generation, and the next by starting over with an empty history.</summary>
    /// <param name="state">The run, and what earlier generations left.</param>
    public static async Task RunAsync(TaskOrchestrationContext context, FanOutState state)
    {
        bool isBatch = KnownModels.Get(state.Order.Model).Dispatch == TaskDispatch.ActivityBatch;
        var fanIn = new ActivityFanIn(state, done => context.SetCustomStatus(state.NextTask + done));
        DateTime began = context.CurrentUtcDateTime;
        if (isBatch)
            await new BatchFanOut(context, state, fanIn).RunAsync();
        else
            await new TaskFanOut(context, state, fanIn).RunAsync();
        double wallMs = (context.CurrentUtcDateTime - began).TotalMilliseconds;

        bool isComplete = isBatch || state.EndTask == state.Order.Tasks;
        FanOutState next = state with
        {
            NextTask = state.EndTask,
            Generations = [.. state.Generations, state.NextTask],
            WallMs = state.WallMs + wallMs,
            StartMs = state.StartMs ?? Waited(state.ScheduledAt, began),
            Usage = fanIn.Usage,
            Executions = fanIn.Executions,
            Turnarounds = state.Turnarounds.Plus(fanIn.Turnarounds),
            FirstError = state.FirstError ?? fanIn.FirstError,
            ActivitiesLost = state.ActivitiesLost + fanIn.ActivitiesLost,
        };
        // Nobody asks for what a warm-up measured, but who started it by itself asks when it has ended.
        if (state.Request is null || !state.Order.IsWarmup)
        {
            var recording = new RunRecording
            {
                Order = state.Order,
                Request = state.Request,
                FirstTask = state.NextTask,
                BeganTicks = UtcClock.Timestamp(began.AddMilliseconds(-state.WallMs)),
                Attempts = fanIn.Attempts,
                AttemptFiles = fanIn.Files,
                Generations = state.Generations,
                Totals = isComplete ? Total(next) : null,
            };
            await context.CallActivityAsync(nameof(RecordTimings), recording, ActivityRetry.Options);
        }

        if (!isComplete)
            context.ContinueAsNew(next);
    }

    /// <summary>What passed from a moment that another machine took down, in ms: never less than nothing, though clocks differ.</summary>
    internal static double? Waited(DateTime? since, DateTime until) =>
        since is { } scheduled ? Math.Max(0, (until - scheduled).TotalMilliseconds) : null;

    private static RunTotals Total(FanOutState end) => new(
        end.WallMs,
        HostUsage.Total(end.Usage),
        end.FirstError,
        end.ActivitiesLost,
        new OrchestrationFacts(end.StartMs, HostExecutions.Repeated(end.Executions), end.Turnarounds.Mean()));
}
