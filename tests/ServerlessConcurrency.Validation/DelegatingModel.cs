using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Validation;

/// <summary>A model under another label.</summary>
/// <param name="id">The label.</param>
/// <param name="inner">The model.</param>
internal class DelegatingModel(string id, ConcurrencyModel inner) : ConcurrencyModel
{
    public override ModelTraits Traits { get; } = inner.Traits with { Id = id };

    public override bool CanRepeat => inner.CanRepeat;

    public override ValueTask PrepareAsync(RunContext run) => inner.PrepareAsync(run);

    public override Task ExecuteAsync(RunContext run) => inner.ExecuteAsync(run);

    public override ValueTask<IReadOnlyList<ResourceUsage>> CompleteAsync(RunContext run) => inner.CompleteAsync(run);

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }
}
