using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;

namespace ServerlessConcurrency.Claims.EventLoops;

/// <summary>Draws figures and criteria from the delays of short tasks.</summary>
internal sealed class BlockedLoopJudge(IReadOnlyList<BlockedLoopRound> rounds, long seed)
{
    /// <summary>The loop counts as blocked where a short task waits for more than half of the long one, in percent.</summary>
    public const double BlockedShare = 50;

    /// <summary>What makes no difference to the delay has a ratio of 1.</summary>
    public const double SameDelay = 1;

    private const string Milliseconds = "ms";

    // Timers count in milliseconds or more: what is less late may as well have been early.
    private const double ShortestSeconds = 0.001;

    /// <summary>
    /// Decides: the longest delay is most of the long task, and longer than where the same is computed off the loop. The second is the
    /// control: a loop that gets no processor, or in CPython no interpreter lock, is late wherever the long task computes.
    /// </summary>
    public ClaimEvidence Judge() => ClaimEvidence.Decide(
        [
            ClaimCriterion.Above(
                "the longest delay of a short task, as a share of the long one",
                ClaimCriterion.Percent,
                MedianOf(round => 100 * round.OnLoop.Max() / round.LongTask),
                BlockedShare).Saying(figure => $"A short task waited for up to {figure} of the time of the long one on its loop."),
            ClaimCriterion.Above(
                "the longest delay of a short task while the long one computes on the loop, over that while it computes off it",
                "times",
                MedianOf(round => round.OnLoop.Max() / Math.Max(round.OffLoop.Max(), ShortestSeconds)),
                SameDelay).Saying(figure => $"With the long task on the loop, the longest delay of a short one was {figure} as long as with it elsewhere."),
        ],
        [
            .. FiguresOf("longest delay of a short task", delays => delays.Max()),
            Figure("longest delay of a short task", "the long task itself", rounds.Select(round => round.LongTask)),
            .. FiguresOf("95th percentile of the delays of short tasks", delays => delays.Quantile(0.95)),
            .. FiguresOf("median delay of short tasks", delays => delays.Median()),
        ]);

    private ConfidenceInterval MedianOf(Func<BlockedLoopRound, double> figure) =>
        BootstrapInterval.OfMedian([.. rounds.Select(figure)], seed);

    private IEnumerable<ClaimFigure> FiguresOf(string chart, Func<IReadOnlyList<double>, double> figure) =>
    [
        Figure(chart, "nothing computes", rounds.Select(round => figure(round.Idle))),
        Figure(chart, "computing on the loop", rounds.Select(round => figure(round.OnLoop))),
        Figure(chart, "computing on another thread", rounds.Select(round => figure(round.OffLoop))),
    ];

    private static ClaimFigure Figure(string chart, string name, IEnumerable<double> seconds) =>
        ClaimFigure.Of(chart, name, Milliseconds, MedianInterval.Of(seconds.Select(value => 1_000 * Math.Max(value, 0))));
}
