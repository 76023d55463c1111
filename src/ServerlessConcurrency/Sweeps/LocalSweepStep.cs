using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Prices;
using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Engine;
using ServerlessConcurrency.Reporting.Files;

namespace ServerlessConcurrency.Sweeps;

internal sealed class LocalSweepStep(PriceList? prices, WorkloadEnvironment ownCode, StorageSession storage) : ISweepStep
{
    public async Task<ExperimentOutcome> RunAsync(SweepPoint point, IProgress<ExperimentProgress> progress, CancellationToken cancellationToken)
    {
        string id = ExperimentId.Create(TimeProvider.System.GetUtcNow());
        using ExperimentLease? lease = storage.TryLease(id);
        return await LocalEngine.RunAsync(id, point.Spec, prices, ownCode, failAbove: null, storage, progress, cancellationToken);
    }
}
