using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Claims.Runs;

/// <summary>Runs workloads under concurrency models, as an experiment does, for claims that compare models.</summary>
public interface IModelRuns
{
    /// <summary>Whether the engine has a model.</summary>
    /// <param name="model">Its id.</param>
    /// <returns>True if <see cref="RunAsync"/> can run it.</returns>
    bool Has(string model);

    /// <summary>Runs an experiment without storing it.</summary>
    /// <param name="spec">What to run.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The experiment with its runs and analysis; every run is valid.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidOperationException">It failed, or a run of it did.</exception>
    Task<ExperimentDocument> RunAsync(ExperimentSpec spec, CancellationToken cancellationToken);
}
