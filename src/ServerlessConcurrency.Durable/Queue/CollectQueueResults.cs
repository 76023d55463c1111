using System.Diagnostics;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Durable.Hosting;
using ServerlessConcurrency.Durable.Journal;
using ServerlessConcurrency.Workers.Queue;

namespace ServerlessConcurrency.Durable.Queue;

/// <summary>
/// The activity that looks for the results of a run's messages, shortly since it takes the place of other activities, and stores the run when every
/// task has ended. The run ends when its last result does, or the sending if that took longer; when they are looked at does not count.
/// </summary>
public sealed class CollectQueueResults(ITaskResults results, RunJournal journal, ActivityHost host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <returns>Whether all is done; if not, it is to be called again later.</returns>
    public async Task<CollectProgress> RunAsync(CollectRequest request, CancellationToken cancellationToken)
    {
        (ExperimentDocument document, PlannedRun planned, QueueRun sent) = request;
        RunContext run = Context(document, planned, sent);
        var fanIn = new StorageFanIn(run, results, new QueueOptions());
        if (!await fanIn.CollectAsync(static () => { }, Patience, cancellationToken))
        {
            // Messages of a cancelled experiment are dropped: their results never come.
            return new CollectProgress(IsComplete: !await journal.IsWantedAsync(document.Id, cancellationToken), fanIn.Rows);
        }

        if (!planned.IsWarmup)
            await KeepAsync(request, run, cancellationToken);
        return new CollectProgress(IsComplete: true, fanIn.Rows);
    }

    private async Task KeepAsync(CollectRequest request, RunContext context, CancellationToken cancellationToken)
    {
        (ExperimentDocument document, PlannedRun planned, QueueRun sent) = request;
        if (!await journal.IsWantedAsync(document.Id, cancellationToken))
            return;
        TaskRecorder recorder = context.Recorder;
        long ended = recorder.Attempts().Max(attempt => attempt.FinishedTicks);
        TimeSpan wall = Stopwatch.GetElapsedTime(sent.BeganTicks, Math.Max(ended, sent.SentTicks));
        RunResult run = RunSummary.Of(planned, recorder, wall.TotalMilliseconds, usage: null, context.Facts);
        await journal.KeepAsync(document, new RunTimings(run, recorder.Timings()), cancellationToken);
        RunTelemetry.Tell(planned, request.Trace, run, recorder);
    }

    private RunContext Context(ExperimentDocument document, PlannedRun planned, QueueRun sent)
    {
        RunOrder order = planned.Order(document.Id, document.Spec) with
        {
            BeganTicks = sent.BeganTicks,
            // Silence is judged by the orchestration, over all looks.
            TaskTimeout = Timeout.InfiniteTimeSpan,
        };
        return new RunContext(order, host.Workloads.Get(order.Workload)) { Clock = UtcClock.Instance };
    }
}
