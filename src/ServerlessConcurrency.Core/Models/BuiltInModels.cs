namespace ServerlessConcurrency.Core.Models;

/// <summary>The models that work inside one process. A new one is registered here.</summary>
public static class BuiltInModels
{
    /// <returns>One of each, the baseline first.</returns>
    public static IReadOnlyList<ConcurrencyModel> Create() =>
    [
        new SequentialModel(),
        new ThreadsModel(),
        new ThreadPoolModel(),
        new EventLoopModel(),
        new AsyncModel(),
        new GilThreadsModel(),
    ];
}
