using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Durable.Hosting;

namespace ServerlessConcurrency.Durable.Runs;

/// <summary>The activity that finds out what a spec leaves open of users' workloads, before the first run.</summary>
/// <param name="host">What the activities of this process share.</param>
public sealed class InspectWorkloads(ActivityHost host)
{
    /// <returns>The spec, with what was found.</returns>
    public Task<ExperimentSpec> RunAsync(ExperimentSpec spec, CancellationToken cancellationToken) => host.InspectAsync(spec, cancellationToken);
}
