using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Claims.Runs;

/// <summary>Runs workloads under concurrency models, as an experiment does, for claims that compare models.</summary>
public interface IModelRuns
{
    bool Has(string model);

    /// <summary>Runs an experiment without storing it.</summary>
    /// <exception cref="InvalidOperationException">It failed, or a run of it did.</exception>
    Task<ExperimentDocument> RunAsync(ExperimentSpec spec, CancellationToken cancellationToken);
}
