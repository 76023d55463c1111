using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Analysis;

/// <summary>How the wall times of two kinds of runs of one experiment compare.</summary>
/// <param name="Speedup">
/// How many times as fast as the reference: the median, over the rounds that have a run of each, of the reference's wall time divided
/// by the other's, with a bootstrap interval.
/// </param>
/// <param name="EffectSize">Cliff's delta: 1 where every run is faster than every run of the reference, -1 where every one is slower.</param>
public sealed record RunComparison(ConfidenceInterval Speedup, double EffectSize)
{
    /// <returns>The comparison; null where no round has a run of each.</returns>
    public static RunComparison? Of(IReadOnlyList<RunResult> runs, IReadOnlyList<RunResult> reference, long seed)
    {
        double[] ratios = PairedRounds.Ratios(runs, reference);
        if (ratios.Length == 0)
            return null;
        double[] times = [.. runs.Select(run => run.WallMs)];
        double[] referenceTimes = [.. reference.Select(run => run.WallMs)];
        return new RunComparison(BootstrapInterval.OfMedian(ratios, seed), MannWhitney.CliffsDelta(referenceTimes, times));
    }

    /// <summary>
    /// The p-value of paired rounds: of the Wilcoxon signed-rank test, which disturbed rounds hardly move, where its smallest p-value, 2 / 2^n, is
    /// under 0.05 once it is corrected for the number of comparisons; with fewer rounds, which could show nothing by it, of the t test. The
    /// choice depends on the two numbers alone and on nothing that was measured, so that it does no harm to the level.
    /// </summary>
    /// <param name="logRatios">The logarithms of the ratios, one for each round.</param>
    /// <param name="comparisons">With how many comparisons, itself among them, it is to be corrected; 1 or more.</param>
    internal static double PValueOf(IReadOnlyList<double> logRatios, int comparisons) => IsEnoughForRanks(logRatios.Count, comparisons)
        ? WilcoxonSignedRank.PValue(logRatios)
        : PairedTTest.PValue(logRatios);

    /// <summary>The one-sided p-value of logarithms that are not above 0, by the same test as <see cref="PValueOf"/>.</summary>
    internal static double PValueOfGreater(IReadOnlyList<double> logRatios, int comparisons) => IsEnoughForRanks(logRatios.Count, comparisons)
        ? WilcoxonSignedRank.PValueOfGreater(logRatios)
        : PairedTTest.PValueOfGreater(logRatios);

    private static bool IsEnoughForRanks(int rounds, int comparisons) => WilcoxonSignedRank.SmallestPValue(rounds) * comparisons < Decision.Level;
}
