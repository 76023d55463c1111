using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Functions.Tests.TaskHub;

/// <summary>A small experiment and its parts.</summary>
internal static class SmallExperiment
{
    public const string Id = "20260131-093000-test";

    public static ExperimentSpec Spec(params string[] models) => new()
    {
        Workloads = [new WorkloadSpec("primes", 50, 6)],
        Models = models,
        Degree = 2,
        Rounds = 2,
        WarmupRounds = 1,
        TaskTimeoutSeconds = 60,
    };

    public static ExperimentSpec OfClaims(params string[] claims) => new()
    {
        Kind = ExperimentSpec.ClaimsKind,
        Only = claims,
        Quick = true,
        Workloads = [],
        Models = [],
    };

    public static ExperimentDocument Document(ExperimentSpec spec, ExperimentStatus status = ExperimentStatus.Running) => new()
    {
        Id = Id,
        Status = status,
        StartedAt = DateTimeOffset.UtcNow,
        Spec = spec,
        Environment = new EnvironmentInfo("", "", Processors: 2, "", EngineNames.AzureFunctions),
        Progress = new ExperimentProgress(0, ExperimentPlan.CountRuns(spec), null),
    };

    /// <summary>What activities are told of a run.</summary>
    public static RunOrder Order(string model, int tasks, int degree, string kind = "primes", long size = 50) =>
        Run(model, tasks, degree, kind, size).Order(Id, Spec(model));

    public static PlannedRun Run(string model, int tasks, int degree, string kind = "primes", long size = 50, bool isWarmup = false) =>
        new("r0001-001", 1, isWarmup, new WorkloadSpec(kind, size, tasks), model, degree);
}
