using System.Globalization;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Wording;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Durable.Hosting;
using ServerlessConcurrency.Durable.Journal;

namespace ServerlessConcurrency.Durable.FanOut;

/// <summary>
/// The activity that executes a share of a run's tasks in one process: with <c>thread-pool</c> what computes, with
/// <c>async</c> what waits. Executing it again computes the same.
/// </summary>
/// <param name="host">What the activities of this process share.</param>
/// <param name="journal">Where attempts go that are too many to return; null: they are returned, however many there are.</param>
public sealed class ExecuteTaskBatch(ActivityHost host, RunJournal? journal)
{
    /// <summary>More attempts than these go to a file: results stay small in the orchestration's history.</summary>
    internal const int MostReturned = 200;

    public async Task<BatchResult> RunAsync(BatchRequest request, CancellationToken cancellationToken)
    {
        RunOrder share = request.Share;
        await host.PrepareAsync(share, cancellationToken);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Limit(share));
        var meter = new ResourceMeter();
        meter.Start();
        TaskAttempt[] attempts;
        try
        {
            attempts = await ExecuteAsync(request, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(FormattableString.Invariant(
                $"the share of {Counted.Of(share.Tasks, "task")} took longer than the {Limit(share).TotalSeconds:0.###} s that taskTimeoutSeconds allows for so many"));
        }

        // Before they are saved, which is not part of the run.
        ResourceUsage usage = meter.Stop();
        TaskAttempt failed = attempts.FirstOrDefault(attempt => attempt.Outcome != TaskOutcome.Succeeded);
        string? firstError = failed.Error is null ? null : $"task {failed.TaskIndex} failed: {failed.Error}";
        HostIdentity self = HostIdentity.Current;
        string? file = null;
        if (journal is not null && attempts.Length > MostReturned)
        {
            file = string.Create(CultureInfo.InvariantCulture, $"batch-{share.RunId}-{share.FirstTask}.json");
            await journal.SaveAttemptsAsync(share.ExperimentId, file, attempts, cancellationToken);
        }

        return new BatchResult(self.Machine, self.ProcessId, file is null ? attempts : [], file, firstError, usage)
        {
            Executions = host.Executions.Add(share),
        };
    }

    private async Task<TaskAttempt[]> ExecuteAsync(BatchRequest request, CancellationToken cancellationToken)
    {
        RunOrder share = request.Share;
        Workload workload = host.Workloads.Get(share.Workload);
        WorkloadNature nature = share.Nature ?? workload.Nature;
        ConcurrencyModel model = nature == WorkloadNature.CpuBound ? new ThreadPoolModel() : new AsyncModel();
        int degree = model.Traits.DefaultDegree(nature, share.Tasks, Environment.ProcessorCount, share.InFlight);
        var run = new RunContext(share with { Degree = degree }, workload, cancellationToken) { Clock = UtcClock.Instance };
        // Off the thread that serves the Functions host: Parallel.ForEach would keep it until the last task.
        await Task.Run(() => model.ExecuteAsync(run), cancellationToken);
        return
        [
            .. run.Recorder.Attempts().Select(attempt => attempt with
            {
                TaskIndex = share.FirstTask + attempt.TaskIndex,
                Attempt = request.Attempt,
                QueuedTicks = request.QueuedTicks,
            }),
        ];
    }

    /// <summary>How long a share may take.</summary>
    internal static TimeSpan Limit(RunOrder share) =>
        TimeSpan.FromSeconds(Math.Min(share.TaskTimeout.TotalSeconds * share.Tasks, TimeSpan.FromDays(1).TotalSeconds));
}
