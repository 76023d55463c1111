using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Engine;

/// <summary>Carries out one run of the plan and measures it, repeatedly where it is too short. One run at a time.</summary>
/// <param name="warmUp">What this process has executed with these workloads so far; null: nothing.</param>
/// <param name="clock">The clock of the runs; null: that of the system, whose timestamps are those of child processes, too.</param>
public sealed class RunExecutor(WorkloadCatalog workloads, ModelCatalog models, WarmUp? warmUp = null, TimeProvider? clock = null)
{
    private readonly ResourceMeter _resources = new();
    private readonly MachineMeter _machine = new();
    private readonly WarmUp _warmUp = warmUp ?? new WarmUp();
    private readonly Pilot _pilot = new();

    /// <param name="trace">The trace that it is part of, for the first repetition: more would be more spans; null: none.</param>
    /// <returns>
    /// What was measured, its checksums not yet compared, and the recorder with every attempt of the last repetition.
    /// </returns>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="KeyNotFoundException">The engine does not have the workload or the model.</exception>
    public async Task<(RunResult Result, TaskRecorder Recorder)> ExecuteAsync(
        string experimentId, ExperimentSpec spec, PlannedRun planned, CancellationToken cancellationToken, RunTrace? trace = null)
    {
        ConcurrencyModel model = models.Get(planned.Model);
        Workload workload = workloads.Get(planned.Workload.Kind);
        if (!spec.ColdStart && !(workload.IsOwnCode && model.IsolatesOwnCode))
            await _warmUp.UntilSteadyAsync(workload, planned.Order(experimentId, spec).Input(0), cancellationToken);
        RunRepetitions repetitions = spec.MinRunMs > 0 && model.CanRepeat && !planned.IsWarmup && !spec.ColdStart
            ? await RepeatAsync(Begin, planned, spec.MinRunMs)
            : Begin();
        if (repetitions.Count == 0)
            await repetitions.AddAsync(1);
        return repetitions.Sum(planned);

        RunRepetitions Begin() => new(model, planned.Workload.IsCompared, Next, _resources, _machine);

        RunContext Next()
        {
            RunOrder order = planned.Order(experimentId, spec) with { Trace = trace };
            trace = null;
            return new RunContext(order, workload, cancellationToken) { Clock = clock ?? TimeProvider.System };
        }
    }

    private async Task<RunRepetitions> RepeatAsync(Func<RunRepetitions> begin, PlannedRun planned, double shortestMs)
    {
        if (_pilot.Repeats(planned, shortestMs) is null && await FindRepeatsAsync(begin, planned, shortestMs) is { } measurement)
            return measurement;
        RunRepetitions repetitions = begin();
        int repeats = _pilot.Repeats(planned, shortestMs)!.Value;
        await repetitions.AddAsync(repeats);
        // What was slower at first than it is now was given too few: it is carried on, and so are later rounds.
        while (repetitions.IsSound && !Pilot.IsEnough(repetitions, shortestMs))
        {
            repeats = Pilot.Next(repeats);
            await repetitions.AddAsync(repeats - repetitions.Count);
            _pilot.Learn(planned, shortestMs, repeats);
        }

        return repetitions;
    }

    /// <summary>The pilot stage.</summary>
    /// <returns>An execution that may count as the measurement; null: it is known now how often to repeat.</returns>
    private async Task<RunRepetitions?> FindRepeatsAsync(Func<RunRepetitions> begin, PlannedRun planned, double shortestMs)
    {
        for (int repeats = 1; ; repeats = Pilot.Next(repeats))
        {
            RunRepetitions stage = begin();
            await stage.AddAsync(repeats);
            // What fails unmeasured must not be lost.
            if (!stage.IsSound)
                return stage;
            if (!Pilot.IsEnough(stage, shortestMs))
                continue;
            _pilot.Learn(planned, shortestMs, repeats);
            return Pilot.IsMeasurement(stage, shortestMs) ? stage : null;
        }
    }
}
