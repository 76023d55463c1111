using System.Collections.Concurrent;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Validation;

/// <summary>A model whose executions are timed with the clock of the calendar, which is not the one that the product measures with.</summary>
/// <param name="inner">The model.</param>
internal sealed class ClockedModel(ConcurrencyModel inner) : DelegatingModel(inner.Id, inner)
{
    private readonly ConcurrentDictionary<string, List<TimeSpan>> _times = new();

    /// <summary>What the repetitions of a measured run took together; what its id was executed for before them was a pilot.</summary>
    public TimeSpan TotalOf(RunResult run) =>
        _times[run.RunId].TakeLast(run.Repeats).Aggregate(TimeSpan.Zero, (sum, time) => sum + time);

    public override async Task ExecuteAsync(RunContext run)
    {
        DateTime began = DateTime.UtcNow;
        await base.ExecuteAsync(run);
        TimeSpan time = DateTime.UtcNow - began;
        _times.GetOrAdd(run.Order.RunId, _ => []).Add(time);
    }
}
