using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Experiments;

/// <summary>Carries out one run of the plan and measures it.</summary>
/// <param name="workloads">The workloads of the engine.</param>
/// <param name="models">The models of the engine.</param>
/// <param name="warmUp">What this process has executed with these workloads so far; null: nothing.</param>
public sealed class RunExecutor(WorkloadCatalog workloads, ModelCatalog models, WarmUp? warmUp = null)
{
    private readonly ResourceMeter _meter = new();
    private readonly WarmUp _warmUp = warmUp ?? new WarmUp();

    /// <summary>Carries out a run.</summary>
    /// <param name="experimentId">The experiment's id.</param>
    /// <param name="spec">The experiment's spec.</param>
    /// <param name="planned">The run.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>What was measured, its checksums not yet compared, and the recorder with every attempt.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="KeyNotFoundException">The engine does not have the workload or the model.</exception>
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
            ColdStart = spec.ColdStart,
            CancellationToken = cancellationToken,
        };
        if (!run.ColdStart)
            await _warmUp.UntilSteadyAsync(run.Workload, run.Size, cancellationToken);
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
        return (RunSummary.Of(planned, run.Recorder, wall, usage, run.Facts), run.Recorder);
    }
}
