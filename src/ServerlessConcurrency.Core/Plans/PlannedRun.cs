using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Plans;

/// <summary>One run of the plan.</summary>
/// <param name="RunId">Unique within the experiment: <c>w</c> (warm-up) or <c>r</c> (measured), the round, the place in it.</param>
/// <param name="Round">The round, from 1.</param>
/// <param name="IsWarmup">Whether it is not measured.</param>
/// <param name="Workload">What it runs.</param>
/// <param name="Degree">How many threads, processes or hosts work at once.</param>
public sealed record PlannedRun(string RunId, int Round, bool IsWarmup, WorkloadSpec Workload, string Model, int Degree)
{
    /// <summary>Whether its tasks compute or wait; null where that is not known.</summary>
    public WorkloadNature? Nature { get; init; }

    /// <summary>How many tasks may be under way at once; null: all.</summary>
    public int? InFlight { get; init; }

    /// <summary>What the run is for those who carry it out.</summary>
    public RunOrder Order(string experimentId, ExperimentSpec spec) => new()
    {
        ExperimentId = experimentId,
        RunId = RunId,
        Model = Model,
        Workload = Workload.Kind,
        Size = Workload.Size,
        Items = Workload.Items,
        Nature = Workload.Nature,
        Tasks = Workload.Tasks,
        Degree = Degree,
        InFlight = InFlight,
        Seed = spec.Seed,
        TaskTimeout = TimeSpan.FromSeconds(spec.TaskTimeoutSeconds),
        IsWarmup = IsWarmup,
        ColdStart = spec.ColdStart,
    };

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{(IsWarmup ? "warm-up " : "")}round {Round}: {Workload.Kind} {Workload.Size} {Model}");
}
