using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Sweeps;

namespace ServerlessConcurrency.Sweeps;

/// <summary>Carries out one experiment of a sweep.</summary>
internal interface ISweepStep
{
    /// <summary>Carries it out. Cancellation and failure are told in the outcome, not thrown.</summary>
    Task<ExperimentOutcome> RunAsync(SweepPoint point, IProgress<ExperimentProgress> progress, CancellationToken cancellationToken);
}
