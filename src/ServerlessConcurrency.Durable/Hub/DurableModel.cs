using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Durable.Hub;

/// <summary>
/// <c>durable</c> and <c>durable-batch</c> on the local engine: the app's own orchestration, carried out by as many host processes as the degree.
/// Measured, as in the app, from the moment the first activity is scheduled to the moment the last result is back in the orchestration.
/// </summary>
/// <param name="traits">One of those that need a task hub.</param>
/// <param name="hosts">The hosts; both models may share them.</param>
public sealed class DurableModel(ModelTraits traits, DurableHosts hosts) : ConcurrencyModel
{
    public override ModelTraits Traits => traits;

    public override bool IsolatesOwnCode => true;

    /// <remarks>No: an orchestration has the id of its run.</remarks>
    public override bool CanRepeat => false;

    public override async ValueTask PrepareAsync(RunContext run) => await hosts.PrepareAsync(run);

    public override Task ExecuteAsync(RunContext run) => hosts.ExecuteAsync(run);

    public override async ValueTask<IReadOnlyList<ResourceUsage>> CompleteAsync(RunContext run) => await hosts.CompleteAsync(run);

    public override async ValueTask DisposeAsync()
    {
        await hosts.DisposeAsync();
        await base.DisposeAsync();
    }
}
