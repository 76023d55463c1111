using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Prices;
using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Engine;

namespace ServerlessConcurrency.Sweeps;

internal sealed class LocalSweepStep(PriceList? prices, WorkloadEnvironment ownCode, StorageSession storage) : ISweepStep
{
    public Task<ExperimentOutcome> RunAsync(
        SweepPoint point, IProgress<ExperimentProgress> progress, CancellationToken cancellationToken) => LocalEngine.RunAsync(
            ExperimentId.Create(TimeProvider.System.GetUtcNow()), point.Spec, prices, ownCode, failAbove: null, storage, progress, cancellationToken);
}
