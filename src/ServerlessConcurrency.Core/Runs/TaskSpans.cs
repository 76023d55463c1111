using System.Diagnostics;
using ServerlessConcurrency.Core.Telemetry;

namespace ServerlessConcurrency.Core.Runs;

/// <summary>
/// Makes the spans of tasks in the process that executes them, so that what their code does and traces becomes part of them. Those that are not
/// sampled cost a division.
/// </summary>
internal sealed class TaskSpans
{
    private readonly RunOrder _order;
    private readonly int _every;
    private readonly ActivityContext _parent;

    private TaskSpans(RunOrder order, int every, ActivityContext parent)
    {
        _order = order;
        _every = every;
        _parent = parent;
    }

    /// <returns>Null where the run is not traced, or nobody listens.</returns>
    public static TaskSpans? Of(RunOrder order) =>
        order.Trace is { Every: > 0 } trace && MeasurementTelemetry.Source.HasListeners()
            && ActivityContext.TryParse(trace.Parent, traceState: null, isRemote: true, out ActivityContext parent)
            ? new TaskSpans(order, trace.Every, parent)
            : null;

    /// <returns>The span of an attempt, which has begun; null where the task has none.</returns>
    public Activity? Begin(int index, int attempt)
    {
        int task = _order.FirstTask + index;
        if (task % _every != 0)
            return null;
        return MeasurementTelemetry.Source.StartActivity(
            $"task {_order.Workload}",
            ActivityKind.Consumer,
            _parent,
            [
                new("sconc.experiment.id", _order.ExperimentId),
                new("sconc.run.id", _order.RunId),
                new("sconc.task.index", task),
                new("sconc.task.attempt", attempt),
                new("thread.id", Environment.CurrentManagedThreadId),
            ]);
    }

    /// <summary>Tells a span how its attempt went.</summary>
    public static TaskAttempt Tell(Activity span, in TaskAttempt attempt)
    {
        span.SetTag("sconc.task.outcome", TaskOutcomeNames.Of(attempt.Outcome));
        // When it was handed over, only the sender knows under some models.
        if (attempt.QueuedTicks != 0)
            span.SetTag("sconc.task.queue_wait", Stopwatch.GetElapsedTime(attempt.QueuedTicks, attempt.StartedTicks).TotalSeconds);
        if (attempt.Error is not null)
            span.SetStatus(ActivityStatusCode.Error, attempt.Error);
        return attempt;
    }
}
