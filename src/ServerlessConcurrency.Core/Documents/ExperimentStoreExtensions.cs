namespace ServerlessConcurrency.Core.Documents;

/// <summary>What every store of experiments can do.</summary>
public static class ExperimentStoreExtensions
{
    /// <summary>Finds an experiment for whoever removes it: what cannot be read can be removed, too.</summary>
    /// <param name="store">Where it is.</param>
    /// <param name="experimentId">The experiment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The experiment, or null where there is none of that id, or none that can be read.</returns>
    /// <exception cref="StorageUnavailableException">The store did not answer, after retries.</exception>
    public static async Task<MeasurementDocument?> FindReadableAsync(
        this IExperimentStore store, string experimentId, CancellationToken cancellationToken = default)
    {
        try
        {
            return await store.FindAsync(experimentId, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
