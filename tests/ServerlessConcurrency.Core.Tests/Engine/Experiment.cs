using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Engine;

/// <summary>Runs small experiments with the built-in workloads and models, and with models of a test beside them.</summary>
internal static class Experiment
{
    public static ExperimentSpec Spec(params string[] models) => new()
    {
        Workloads = [new WorkloadSpec("primes", 500, 6)],
        Models = models,
        Rounds = 3,
        WarmupRounds = 1,
        // Every execution of a scripted model counts.
        MinRunMs = 0,
    };

    public static async Task<ExperimentOutcome> RunAsync(
        ExperimentSpec spec,
        IReadOnlyList<IExperimentSink>? sinks = null,
        IReadOnlyList<ConcurrencyModel>? models = null,
        IProgress<ExperimentProgress>? progress = null,
        TimeProvider? clock = null,
        CancellationToken cancellationToken = default)
    {
        await using var catalog = new ModelCatalog(
            [.. models ?? [], .. BuiltInModels.Create().Where(model => models?.Any(own => own.Id == model.Id) != true)]);
        var runner = new ExperimentRunner(Workloads, catalog, sinks ?? [], clock ?? TimeProvider.System);
        return await RunAsync(runner, spec, progress, cancellationToken);
    }

    public static Task<ExperimentOutcome> RunAsync(
        ExperimentRunner runner,
        ExperimentSpec spec,
        IProgress<ExperimentProgress>? progress = null,
        CancellationToken cancellationToken = default) => Task.Run(
            () => runner.RunAsync(
                "20260131-093000-test",
                spec,
                new EnvironmentInfo("", "", Processors: 2, "", "local"),
                progress,
                cancellationToken),
            CancellationToken.None).Patiently();

    public static WorkloadCatalog Workloads { get; } = new(BuiltInWorkloads.Create(new WorkloadEnvironment()));
}
