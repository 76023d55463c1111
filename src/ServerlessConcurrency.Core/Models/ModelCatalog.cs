namespace ServerlessConcurrency.Core.Models;

/// <summary>The concurrency models of an engine, by id, in the order in which they were registered.</summary>
public sealed class ModelCatalog : IAsyncDisposable
{
    private readonly Dictionary<string, ConcurrencyModel> _byId;

    /// <summary>Creates a catalog, which owns the models.</summary>
    /// <param name="models">The models; their ids are distinct.</param>
    /// <exception cref="ArgumentException">Two models have the same id.</exception>
    public ModelCatalog(IEnumerable<ConcurrencyModel> models)
    {
        All = [.. models];
        _byId = All.ToDictionary(model => model.Id, StringComparer.Ordinal);
    }

    /// <summary>Every model, in the order of registration.</summary>
    public IReadOnlyList<ConcurrencyModel> All { get; }

    /// <summary>Gets a model that is known to exist, because the spec was validated.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that id.</exception>
    public ConcurrencyModel Get(string id) => _byId.TryGetValue(id, out ConcurrencyModel? model)
        ? model
        : throw new KeyNotFoundException($"unknown model '{id}'; known: {string.Join(", ", _byId.Keys)}");

    public async ValueTask DisposeAsync()
    {
        foreach (ConcurrencyModel model in All)
            await model.DisposeAsync();
    }
}
