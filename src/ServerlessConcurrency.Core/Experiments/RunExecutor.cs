using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Experiments;

/// <summary>Carries out one run of the plan and measures it.</summary>
/// <param name="workloads">The workloads of the engine.</param>
/// <param name="models">The models of the engine.</param>
internal sealed class RunExecutor(WorkloadCatalog workloads, ModelCatalog models)
{
    private readonly ResourceMeter _meter = new();

    /// <summary>Carries out a run.</summary>
    /// <param name="experimentId">The experiment's id.</param>
    /// <param name="spec">The experiment's spec.</param>
    /// <param name="planned">The run.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>What was measured, its checksums not yet compared, and the recorder with every attempt.</returns>
    public async Task<(RunResult Result, TaskRecorder Recorder)> ExecuteAsync(
        string experimentId, ExperimentSpec spec, PlannedRun planned, CancellationToken cancellationToken)
    {
        ConcurrencyModel model = models.Get(planned.Model);
        var run = new RunContext
        {
            ExperimentId = experimentId,
            RunId = planned.RunId,
            Workload = workloads.Get(planned.Workload.Kind),
            Size = planned.Workload.Size,
            Tasks = planned.Workload.Tasks,
            Seed = spec.Seed,
            Degree = planned.Degree,
            TaskTimeout = TimeSpan.FromSeconds(spec.TaskTimeoutSeconds),
            Recorder = new TaskRecorder(planned.Workload.Tasks),
            IsWarmup = planned.IsWarmup,
            CancellationToken = cancellationToken,
        };
        await model.PrepareAsync(run);
        // The garbage of one run is not to be collected at the expense of the next.
        GC.Collect();
        GC.WaitForPendingFinalizers();

        _meter.Start();
        run.Recorder.BeganTicks = run.Clock.GetTimestamp();
        await model.ExecuteAsync(run);
        TimeSpan wall = run.Clock.GetElapsedTime(run.Recorder.BeganTicks);
        ResourceUsage usage = _meter.Stop();
        // A cancelled run is no measurement, even where its last tasks failed of the cancellation instead of throwing it.
        if (run.Recorder.Remaining > 0)
            cancellationToken.ThrowIfCancellationRequested();

        foreach (ResourceUsage other in await model.CompleteAsync(run))
            usage = usage.Plus(other);
        return (Summarise(planned, run.Recorder, wall, usage), run.Recorder);
    }

    private static RunResult Summarise(PlannedRun planned, TaskRecorder recorder, TimeSpan wall, ResourceUsage usage)
    {
        IReadOnlyList<TaskAttempt> attempts = recorder.Attempts();
        string? error = recorder.Remaining == 0
            ? null
            : attempts.FirstOrDefault(attempt => attempt.Error is not null).Error ?? "some tasks never ended";
        return new RunResult
        {
            RunId = planned.RunId,
            Round = planned.Round,
            Workload = planned.Workload.Kind,
            Size = planned.Workload.Size,
            Model = planned.Model,
            Degree = planned.Degree,
            Tasks = planned.Workload.Tasks,
            WallMs = wall.TotalMilliseconds,
            CpuMs = usage.CpuTime.TotalMilliseconds,
            ContextSwitches = usage.VoluntarySwitches is null && usage.InvoluntarySwitches is null
                ? null
                : new ContextSwitches(usage.VoluntarySwitches, usage.InvoluntarySwitches),
            PeakRssBytes = usage.PeakRssBytes,
            GarbageCollections = new GarbageCollections(usage.Gen0Collections, usage.Gen1Collections, usage.Gen2Collections),
            AllocatedBytes = usage.AllocatedBytes,
            Hosts = attempts.Where(IsCounted).Select(attempt => attempt.Host).Distinct().Count(),
            Threads = attempts.Where(IsCounted).Select(attempt => (attempt.Host, attempt.ThreadId)).Distinct().Count(),
            Checksum = Checksum.Format(Checksum.Combine(recorder.Checksums())),
            Failed = recorder.Remaining,
            Retried = attempts.Count(attempt => attempt.Attempt > 1),
            Error = error,
        };
    }

    private static bool IsCounted(TaskAttempt attempt) => attempt.Outcome == TaskOutcome.Succeeded;
}
