using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Experiments;

/// <summary>Carries out one run of the plan and measures it, repeatedly where it is too short. One run at a time.</summary>
/// <param name="workloads">The workloads of the engine.</param>
/// <param name="models">The models of the engine.</param>
/// <param name="warmUp">What this process has executed with these workloads so far; null: nothing.</param>
public sealed class RunExecutor(WorkloadCatalog workloads, ModelCatalog models, WarmUp? warmUp = null)
{
    private readonly ResourceMeter _meter = new();
    private readonly WarmUp _warmUp = warmUp ?? new WarmUp();
    private readonly MachineMeter _machine = new();
    private readonly Pilot _pilot = new();

    /// <summary>Carries out a run.</summary>
    /// <param name="experimentId">The experiment's id.</param>
    /// <param name="spec">The experiment's spec.</param>
    /// <param name="planned">The run.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>
    /// What was measured, its checksums not yet compared, and the recorder with every attempt of the last repetition.
    /// </returns>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="KeyNotFoundException">The engine does not have the workload or the model.</exception>
    public async Task<(RunResult Result, TaskRecorder Recorder)> ExecuteAsync(
        string experimentId, ExperimentSpec spec, PlannedRun planned, CancellationToken cancellationToken)
    {
        ConcurrencyModel model = models.Get(planned.Model);
        if (!spec.ColdStart)
            await _warmUp.UntilSteadyAsync(workloads.Get(planned.Workload.Kind), planned.Workload.Size, cancellationToken);
        TimeSpan shortest = TimeSpan.FromMilliseconds(spec.MinRunMs);
        bool mayRepeat = shortest > TimeSpan.Zero && model.CanRepeat && !planned.IsWarmup && !spec.ColdStart;
        if (!mayRepeat || !_pilot.Knows(planned))
        {
            (RunResult Result, TaskRecorder Recorder) once = await MeasureAsync(repeats: 1);
            TimeSpan wall = TimeSpan.FromMilliseconds(once.Result.WallMs);
            _pilot.Learn(planned, wall);
            if (!mayRepeat || once.Recorder.Remaining > 0 || Pilot.IsMeasurement(wall, shortest))
                return once;
        }

        return await MeasureAsync(_pilot.Repeats(planned, shortest));

        Task<(RunResult Result, TaskRecorder Recorder)> MeasureAsync(int repeats) =>
            this.MeasureAsync(model, () => Context(experimentId, spec, planned, cancellationToken), planned, repeats);
    }

    private RunContext Context(
        string experimentId, ExperimentSpec spec, PlannedRun planned, CancellationToken cancellationToken) => new()
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

    private async Task<(RunResult Result, TaskRecorder Recorder)> MeasureAsync(
        ConcurrencyModel model, Func<RunContext> createContext, PlannedRun planned, int repeats)
    {
        RunContext run;
        TimeSpan wall = TimeSpan.Zero;
        var usages = new List<ResourceUsage>(repeats);
        ulong[]? checksums = null;
        bool isSound;
        do
        {
            run = createContext();
            await model.PrepareAsync(run);
            if (usages.Count == 0)
                Settle();
            (TimeSpan once, ResourceUsage usage) = await MeasureOnceAsync(model, run);
            wall += once;
            usages.Add(usage);
            checksums ??= run.Recorder.Checksums();
            // What is wrong shows best in the repetition in which it happened.
            isSound = run.Recorder.Remaining == 0 && run.Recorder.Checksums().AsSpan().SequenceEqual(checksums);
        }
        while (isSound && usages.Count < repeats);

        TimeSpan own = usages.Aggregate(TimeSpan.Zero, (sum, usage) => sum + usage.CpuTime);
        RunResult result = RunSummary.Of(planned, run.Recorder, wall / usages.Count, ResourceUsage.Mean(usages), run.Facts);
        return (result with { Repeats = usages.Count, Load = _machine.Stop(own) }, run.Recorder);
    }

    private void Settle()
    {
        // The garbage of one run is not to be collected at the expense of the next.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        _machine.Start();
    }

    private async Task<(TimeSpan Wall, ResourceUsage Usage)> MeasureOnceAsync(ConcurrencyModel model, RunContext run)
    {
        _meter.Start();
        run.Recorder.BeganTicks = run.Clock.GetTimestamp();
        await model.ExecuteAsync(run);
        TimeSpan wall = run.Clock.GetElapsedTime(run.Recorder.BeganTicks);
        ResourceUsage usage = _meter.Stop();
        // A cancelled run is no measurement, even where its last tasks failed of the cancellation instead of throwing it.
        if (run.Recorder.Remaining > 0)
            run.CancellationToken.ThrowIfCancellationRequested();

        foreach (ResourceUsage other in await model.CompleteAsync(run))
            usage = usage.Plus(other);
        return (wall, usage);
    }
}
