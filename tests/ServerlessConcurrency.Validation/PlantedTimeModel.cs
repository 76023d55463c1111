using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Validation;

/// <summary>A model whose executions take a planted time each.</summary>
/// <param name="inner">Executes the tasks.</param>
/// <param name="clock">The clock of the runs.</param>
/// <param name="next">What the next execution takes, in ns.</param>
internal sealed class PlantedTimeModel(ConcurrencyModel inner, PlantedClock clock, Func<int, long> next) : DelegatingModel(inner.Id, inner)
{
    private readonly List<long> _planted = [];

    /// <summary>What each execution took, in ns.</summary>
    public IReadOnlyList<long> Planted => _planted;

    public override async Task ExecuteAsync(RunContext run)
    {
        await base.ExecuteAsync(run);
        long nanoseconds = next(_planted.Count);
        _planted.Add(nanoseconds);
        clock.Advance(nanoseconds);
    }
}
