using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Analysis;

/// <summary>How the wall times of two kinds of runs of one experiment compare.</summary>
/// <param name="Speedup">
/// How many times as fast as the reference: the median, over the rounds that have a run of each, of the reference's wall time divided
/// by the other's, with a bootstrap interval.
/// </param>
/// <param name="PValue">
/// The two-sided p-value, not corrected: of the Wilcoxon signed-rank test of the logarithms of the ratios within rounds where
/// <see cref="IsPaired"/>, else of the Mann-Whitney U test of the wall times.
/// </param>
/// <param name="EffectSize">Cliff's delta: 1 where every run is faster than every run of the reference, -1 where every one is slower.</param>
public sealed record RunComparison(ConfidenceInterval Speedup, double PValue, double EffectSize)
{
    /// <param name="comparisons">With how many comparisons, itself among them, the p-value is to be corrected; 1 or more.</param>
    /// <returns>The comparison; null where no round has a run of each.</returns>
    public static RunComparison? Of(IReadOnlyList<RunResult> runs, IReadOnlyList<RunResult> reference, long seed, int comparisons = 1)
    {
        double[] ratios = PairedRounds.Ratios(runs, reference);
        if (ratios.Length == 0)
            return null;
        double[] times = [.. runs.Select(run => run.WallMs)];
        double[] referenceTimes = [.. reference.Select(run => run.WallMs)];
        return new RunComparison(
            BootstrapInterval.OfMedian(ratios, seed),
            IsPaired(ratios.Length, comparisons)
                ? WilcoxonSignedRank.PValue([.. ratios.Select(ratio => Math.Log(ratio))])
                : MannWhitney.PValue(times, referenceTimes),
            MannWhitney.CliffsDelta(referenceTimes, times));
    }

    /// <summary>
    /// Whether the p-value uses that runs of a round belong together. It does where the smallest p-value of such a test, 2 / 2^n, is under 0.05 once
    /// it is corrected for the number of comparisons. With fewer rounds nothing could be significant; the Mann-Whitney U test of the unpaired
    /// times can go as low as 2 / C(2n, n), and is too cautious rather than too bold where rounds differ. The choice
    /// depends on the two numbers alone and on nothing that was measured, so that it does no harm to the level.
    /// </summary>
    /// <returns>True from 6 rounds on for 1 comparison, from 10 on for 14.</returns>
    public static bool IsPaired(int rounds, int comparisons) => WilcoxonSignedRank.SmallestPValue(rounds) * comparisons < Decision.Level;
}
