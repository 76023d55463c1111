using ServerlessConcurrency.Api.Engines;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Api.Endpoints;

/// <summary>Experiments as they are now: what the store has, brought up to date by the engine, and what the engine has that the store has lost.</summary>
internal sealed class ObservedExperiments(IExperimentStore store, IExperimentEngine engine)
{
    /// <summary>Finds an experiment by what a client says is its id; null where there is none.</summary>
    public async Task<MeasurementDocument?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!ExperimentId.IsValid(id))
            return null;
        return await store.FindAsync(id, cancellationToken) is { } stored ? await engine.ObserveAsync(stored, cancellationToken) : FindUnderWay(id);
    }

    /// <summary>Finds what can be ended: also where the store cannot read what it has.</summary>
    public async Task<MeasurementDocument?> FindReadableAsync(string id, CancellationToken cancellationToken) =>
        await store.FindReadableAsync(id, cancellationToken) ?? FindUnderWay(id);

    /// <summary>Lists experiments as the store does, newest first, after one or from the first.</summary>
    public async IAsyncEnumerable<MeasurementDocument> ListAsync(string? afterId)
    {
        var own = new Queue<MeasurementDocument>(engine.UnderWay
            .Where(document => afterId is null || string.CompareOrdinal(document.Id, afterId) < 0)
            .OrderByDescending(document => document.Id, StringComparer.Ordinal));
        await foreach (MeasurementDocument stored in store.ListAsync(afterId))
        {
            while (own.TryPeek(out MeasurementDocument? next) && string.CompareOrdinal(next.Id, stored.Id) >= 0)
            {
                own.Dequeue();
                if (next.Id != stored.Id)
                    yield return next;
            }

            yield return stored;
        }

        foreach (MeasurementDocument left in own)
            yield return left;
    }

    private MeasurementDocument? FindUnderWay(string id) => engine.UnderWay.FirstOrDefault(document => document.Id == id);
}
