using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Validation;

/// <summary>Carries out real experiments with the product's own runner, on models of a check.</summary>
internal sealed class Laboratory : IAsyncDisposable
{
    private readonly ModelCatalog _models;
    private readonly ExperimentRunner _runner;

    /// <summary>Sets it up.</summary>
    /// <param name="models">The models.</param>
    /// <param name="workloads">The workloads; <see cref="StepsWorkload"/> unless given.</param>
    public Laboratory(IEnumerable<ConcurrencyModel> models, WorkloadCatalog? workloads = null)
    {
        _models = new ModelCatalog(models);
        _runner = new ExperimentRunner(workloads ?? new WorkloadCatalog([new StepsWorkload()]), _models, [], TimeProvider.System);
    }

    /// <summary>Carries out an experiment.</summary>
    /// <param name="spec">The experiment.</param>
    /// <param name="observer">Is told before and after every run; may be null.</param>
    /// <returns>Its runs, all of them valid.</returns>
    public async Task<IReadOnlyList<RunResult>> RunAsync(ExperimentSpec spec, IProgress<ExperimentProgress>? observer = null)
    {
        ExperimentOutcome outcome = await _runner.RunAsync(
            ExperimentId.Create(TimeProvider.System.GetUtcNow()), spec, MachineInfo.Describe(EngineNames.Local), observer, CancellationToken.None);
        if (outcome.Failure is not null)
            throw new InvalidOperationException($"the experiment failed: {outcome.Failure.Message}", outcome.Failure);
        RunResult? invalid = outcome.Document.Runs.FirstOrDefault(run => !run.IsValid);
        return invalid is null ? outcome.Document.Runs : throw new InvalidOperationException($"run {invalid.RunId} failed: {invalid.Error}");
    }

    public ValueTask DisposeAsync() => _models.DisposeAsync();
}
