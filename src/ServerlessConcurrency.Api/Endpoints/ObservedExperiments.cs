using ServerlessConcurrency.Api.Engines;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Api.Endpoints;

/// <summary>Experiments as they are now: what the store has, brought up to date by the engine.</summary>
internal sealed class ObservedExperiments(IExperimentStore store, IExperimentEngine engine)
{
    /// <summary>Finds an experiment by what a client says is its id; null where there is none.</summary>
    public async Task<MeasurementDocument?> FindAsync(string id, CancellationToken cancellationToken) =>
        ExperimentId.IsValid(id) && await store.FindAsync(id, cancellationToken) is { } stored
            ? await engine.ObserveAsync(stored, cancellationToken)
            : null;
}
