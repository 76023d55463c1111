using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Analysis;

/// <summary>Runs of two kinds, paired by round: what slows the whole machine down for a while slows both runs of a round.</summary>
internal static class PairedRounds
{
    /// <summary>How many times as fast as the reference a run was, in each round that has a run of each.</summary>
    /// <returns>The reference's wall time divided by the other's, in the order of the runs.</returns>
    public static double[] Ratios(IEnumerable<RunResult> runs, IEnumerable<RunResult> reference) =>
    [
        .. from run in runs
           join other in reference on run.Round equals other.Round
           select other.WallMs / run.WallMs,
    ];

    /// <summary>The logarithms of <see cref="Ratios"/>.</summary>
    public static double[] LogRatios(IEnumerable<RunResult> runs, IEnumerable<RunResult> reference) =>
        [.. Ratios(runs, reference).Select(ratio => Math.Log(ratio))];
}
