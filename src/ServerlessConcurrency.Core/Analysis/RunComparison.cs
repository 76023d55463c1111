using ServerlessConcurrency.Core.Experiments;

namespace ServerlessConcurrency.Core.Analysis;

/// <summary>How the wall times of two kinds of runs of one experiment compare.</summary>
/// <param name="Speedup">
/// How many times as fast as the reference: the median, over the rounds that have a run of each, of the reference's wall time divided
/// by the other's, with a bootstrap interval.
/// </param>
/// <param name="PValue">The two-sided p-value of the Mann-Whitney U test of the wall times, not corrected.</param>
/// <param name="EffectSize">Cliff's delta: 1 where every run is faster than every run of the reference, -1 where every one is slower.</param>
public sealed record RunComparison(ConfidenceInterval Speedup, double PValue, double EffectSize)
{
    /// <summary>Compares runs.</summary>
    /// <param name="runs">Valid runs of one workload, size and model.</param>
    /// <param name="reference">Valid runs of the same workload and size under another model.</param>
    /// <param name="seed">The seed of the bootstrap.</param>
    /// <returns>The comparison; null where no round has a run of each.</returns>
    public static RunComparison? Of(IReadOnlyList<RunResult> runs, IReadOnlyList<RunResult> reference, long seed)
    {
        double[] ratios = PairedRounds.Ratios(runs, reference);
        if (ratios.Length == 0)
            return null;
        double[] times = [.. runs.Select(run => run.WallMs)];
        double[] referenceTimes = [.. reference.Select(run => run.WallMs)];
        return new RunComparison(
            BootstrapInterval.OfMedian(ratios, seed),
            MannWhitney.PValue(times, referenceTimes),
            MannWhitney.CliffsDelta(referenceTimes, times));
    }
}
