using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.OwnCode;

namespace ServerlessConcurrency.Engine;

/// <summary>A model that has processes of its own for each version of users' workloads, so that neither finds what the other has left in one.</summary>
/// <param name="asked">The model for the version that was asked for, and for built-in workloads.</param>
/// <param name="against">The same model for the version that it is measured against.</param>
internal sealed class VersionedModel(ConcurrencyModel asked, ConcurrencyModel against) : ConcurrencyModel
{
    public override ModelTraits Traits => asked.Traits;

    public override bool IsolatesOwnCode => asked.IsolatesOwnCode;

    public override bool CanRepeat => asked.CanRepeat;

    public override ValueTask PrepareAsync(RunContext run) => Of(run).PrepareAsync(run);

    public override Task ExecuteAsync(RunContext run) => Of(run).ExecuteAsync(run);

    public override ValueTask<IReadOnlyList<ResourceUsage>> CompleteAsync(RunContext run) => Of(run).CompleteAsync(run);

    public override async ValueTask DisposeAsync()
    {
        await asked.DisposeAsync();
        await against.DisposeAsync();
        await base.DisposeAsync();
    }

    private ConcurrencyModel Of(RunContext run) =>
        EarlierVersion.NewerOf(run.Order.Workload) is null ? asked : against;
}
