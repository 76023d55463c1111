using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Claims.Runs;

/// <summary>Runs workloads under the models of the engine that measures the claims.</summary>
public sealed class ModelRuns(WorkloadCatalog workloads, ModelCatalog models, EnvironmentInfo environment, TimeProvider clock) : IModelRuns
{
    public bool Has(string model) => models.All.Any(known => known.Id == model);

    public async Task<ExperimentDocument> RunAsync(ExperimentSpec spec, CancellationToken cancellationToken)
    {
        var runner = new ExperimentRunner(workloads, models, [], clock);
        ExperimentOutcome outcome = await runner.RunAsync(
            ExperimentId.Create(clock.GetUtcNow()), spec, environment, progress: null, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (outcome.Failure is not null)
            throw new InvalidOperationException(outcome.Failure.Message, outcome.Failure);
        RunResult? invalid = outcome.Document.Runs.FirstOrDefault(run => !run.IsValid);
        return invalid is null
            ? outcome.Document
            : throw new InvalidOperationException($"{invalid.Workload} under {invalid.Model}: {invalid.Error ?? "tasks failed"}");
    }
}
