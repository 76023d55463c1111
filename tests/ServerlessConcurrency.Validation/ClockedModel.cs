using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Validation;

/// <summary>A model whose runs are timed with the clock of the calendar, which is not the one that the product measures with.</summary>
/// <param name="inner">The model.</param>
/// <param name="times">Takes the time of each run by its id.</param>
internal sealed class ClockedModel(ConcurrencyModel inner, IDictionary<string, TimeSpan> times) : DelegatingModel(inner.Id, inner)
{
    public override async Task ExecuteAsync(RunContext run)
    {
        DateTime began = DateTime.UtcNow;
        await base.ExecuteAsync(run);
        times[run.RunId] = DateTime.UtcNow - began;
    }
}
