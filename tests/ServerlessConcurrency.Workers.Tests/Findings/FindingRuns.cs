using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Workers.Tests.Findings;

/// <summary>Carries out real experiments with one model.</summary>
internal static class FindingRuns
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task<ExperimentDocument> RunAsync(
        WorkloadCatalog workloads, ModelCatalog models, WorkloadSpec workload, int warmupRounds, string? id = null, int degree = 2)
    {
        var runner = new ExperimentRunner(workloads, models, [], TimeProvider.System);
        var spec = new ExperimentSpec
        {
            Workloads = [workload],
            Models = [models.All[0].Id],
            Degree = degree,
            Rounds = 1,
            WarmupRounds = warmupRounds,
            // Seldom enough for tasks that make trouble in so many attempts.
            Seed = 1,
            MinRunMs = 0,
        };
        ExperimentOutcome outcome = await runner.RunAsync(
            id ?? ExperimentId.Create(DateTimeOffset.UtcNow), spec, MachineInfo.Describe(EngineNames.Local), null, CancellationToken.None).WaitAsync(Patience);
        Assert.Null(outcome.Failure);
        return outcome.Document;
    }
}
