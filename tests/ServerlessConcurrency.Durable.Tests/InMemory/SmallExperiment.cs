using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Runs;

namespace ServerlessConcurrency.Durable.Tests.InMemory;

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

    public static ClaimsSpec OfClaims(params string[] claims) => new() { Only = claims, Quick = true };

    public static ExperimentDocument Document(ExperimentSpec spec, ExperimentStatus status = ExperimentStatus.Running) =>
        (ExperimentDocument)Document((MeasurementSpec)spec, status);

    public static ClaimsDocument Document(ClaimsSpec spec, ExperimentStatus status = ExperimentStatus.Running) =>
        (ClaimsDocument)Document((MeasurementSpec)spec, status);

    private static MeasurementDocument Document(MeasurementSpec spec, ExperimentStatus status) => MeasurementDocument.Of(
        spec, Id, status, DateTimeOffset.UtcNow, new EnvironmentInfo("", "", Processors: 2, "", EngineNames.AzureFunctions));

    /// <summary>What activities are told of a run.</summary>
    public static RunOrder Order(string model, int tasks, int degree, string kind = "primes", long size = 50) =>
        Run(model, tasks, degree, kind, size).Order(Id, Spec(model));

    public static PlannedRun Run(string model, int tasks, int degree, string kind = "primes", long size = 50, bool isWarmup = false) =>
        new("r0001-001", 1, isWarmup, new WorkloadSpec(kind, size, tasks), model, degree);

    /// <summary>The input of a run's fan-out.</summary>
    public static FanOutState FanOut(ExperimentDocument document, PlannedRun run) => new()
    {
        Order = run.Order(document.Id, document.Spec),
        Request = new RunRequest(document, run),
        Options = new FanOutOptions(),
    };
}
