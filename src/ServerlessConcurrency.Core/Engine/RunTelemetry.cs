using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Telemetry;

namespace ServerlessConcurrency.Core.Engine;

/// <summary>
/// The span of a run, and the metrics of a measured one, which are made of its attempts when it has ended, so that they cost none of its time. Runs
/// that warm up are traced too: so what traces is warm when it counts.
/// </summary>
public sealed class RunTelemetry : IDisposable
{
    private static readonly InstrumentAdvice<double> Buckets = new() { HistogramBucketBoundaries = DurationBuckets.Seconds };
    private static readonly Histogram<double> Runs = Durations("sconc.run.duration", "Wall time of a run.");
    private static readonly Histogram<double> Tasks = Durations("sconc.task.duration", "Execution of a task attempt.");
    private static readonly Histogram<double> QueueWaits = Durations("sconc.task.queue_wait", "From handing a task to the model to its begin.");
    private static readonly Histogram<double> Dispatches = Durations("sconc.task.dispatch", "From the end of a task to the begin of the next on the same thread.");

    private readonly PlannedRun _planned;
    private readonly Activity? _span;

    internal RunTelemetry(PlannedRun planned, Activity? span)
    {
        _planned = planned;
        _span = span;
        Trace = span is { IsAllDataRequested: true } ? RunTrace.Of(span.Id!, planned.Workload.Tasks) : null;
    }

    /// <summary>What goes with the run's tasks; null where it is not traced.</summary>
    public RunTrace? Trace { get; }

    /// <summary>Begins the span of a run in a process that knows its experiment by <see cref="ExperimentTelemetry.Trace"/>.</summary>
    public static RunTelemetry Begin(PlannedRun planned, string? trace) => new(
        planned,
        ActivityContext.TryParse(trace, traceState: null, isRemote: true, out ActivityContext parent) ? ExperimentTelemetry.Begin(NameOf(planned), parent) : null);

    /// <summary>Tells of a run of several processes when it has ended: none of them saw all of it.</summary>
    /// <param name="recorder">Its attempts, by <see cref="UtcClock"/>.</param>
    public static void Tell(PlannedRun planned, string? trace, RunResult run, TaskRecorder recorder)
    {
        using RunTelemetry told = Begin(planned, trace);
        DateTime began = DateTime.UnixEpoch + Stopwatch.GetElapsedTime(0, recorder.BeganTicks);
        told._span?.SetStartTime(began).SetEndTime(began.AddMilliseconds(run.WallMs));
        told.End(run, recorder);
    }

    public void End(RunResult run, TaskRecorder recorder)
    {
        var tags = new TagList
        {
            { "sconc.workload", run.Workload },
            { "sconc.size", run.Size },
            { "sconc.model", run.Model },
            { "sconc.degree", run.Degree },
        };
        if (_span is not null)
            Tell(_span, run, tags);
        // What follows, e.g. that it is stored, is no part of it.
        _span?.Stop();
        if (_planned.IsWarmup)
            return;
        if (run.IsValid)
            Runs.Record(run.WallMs / 1_000, tags);
        if (Tasks.Enabled || QueueWaits.Enabled || Dispatches.Enabled)
            Record(recorder.Attempts(), tags);
    }

    public void Dispose() => _span?.Dispose();

    internal static string NameOf(PlannedRun run) => $"run {run.Model} {run.Workload.Kind}";

    private void Tell(Activity span, RunResult run, in TagList tags)
    {
        foreach (KeyValuePair<string, object?> tag in tags)
            span.SetTag(tag.Key, tag.Value);
        span.SetTag("sconc.run.id", run.RunId)
            .SetTag("sconc.run.warmup", _planned.IsWarmup)
            .SetTag("sconc.run.round", run.Round)
            .SetTag("sconc.run.duration", run.WallMs / 1_000)
            .SetTag("sconc.run.repeats", run.Repeats)
            .SetTag("sconc.run.tasks", run.Tasks)
            .SetTag("sconc.run.failed", run.Failed)
            .SetTag("sconc.run.retried", run.Retried)
            .SetTag("sconc.run.hosts", run.Hosts)
            .SetTag("sconc.run.processes_lost", run.ProcessesLost);
        if (run.Error is not null)
            span.SetStatus(ActivityStatusCode.Error, run.Error);
    }

    private static void Record(IReadOnlyList<TaskAttempt> attempts, in TagList tags)
    {
        var order = new int[attempts.Count];
        var begins = new long[attempts.Count];
        for (int index = 0; index < order.Length; index++)
            (order[index], begins[index]) = (index, attempts[index].StartedTicks);
        Array.Sort(begins, order);

        var lastEnds = new Dictionary<(string Host, int Thread), long>();
        foreach (int index in order)
        {
            TaskAttempt attempt = attempts[index];
            // It never returned: when it began is not known.
            if (attempt.Outcome == TaskOutcome.Lost)
                continue;
            Tasks.Record(Seconds(attempt.StartedTicks, attempt.FinishedTicks), tags);
            QueueWaits.Record(Seconds(attempt.QueuedTicks, attempt.StartedTicks), tags);
            ref long last = ref CollectionsMarshal.GetValueRefOrAddDefault(lastEnds, (attempt.Host.Id, attempt.ThreadId), out bool isFurther);
            // Tasks that wait on one thread at the same time have nothing between them.
            if (isFurther && last <= attempt.StartedTicks)
                Dispatches.Record(Seconds(last, attempt.StartedTicks), tags);
            last = Math.Max(last, attempt.FinishedTicks);
        }
    }

    // Clocks of different machines may differ.
    private static double Seconds(long from, long to) => Math.Max(0, Stopwatch.GetElapsedTime(from, to).TotalSeconds);

    private static Histogram<double> Durations(string name, string description) =>
        MeasurementTelemetry.Meter.CreateHistogram(name, "s", description, tags: null, Buckets);
}
