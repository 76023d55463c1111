using ServerlessConcurrency.Claims.EventLoops;
using ServerlessConcurrency.Core.Claims;

namespace ServerlessConcurrency.Claims.Tests.EventLoops;

public sealed class BlockedLoopJudgeTests
{
    [Fact]
    public void A_loop_that_is_late_for_as_long_as_it_computes_is_blocked()
    {
        ClaimEvidence evidence = Judge(onLoop: 0.049, offLoop: 0.005);

        Assert.Equal(ClaimVerdict.Holds, evidence.Verdict);
        Assert.Equal(98, evidence.Criteria[0].Estimate, 0.5);
        Assert.Equal(9.8, evidence.Criteria[1].Estimate, 0.05);
    }

    [Fact]
    public void A_loop_that_is_hardly_late_is_not_blocked() =>
        Assert.Equal(ClaimVerdict.DoesNotHold, Judge(onLoop: 0.005, offLoop: 0.005).Criteria[0].Outcome);

    [Fact]
    public void A_loop_that_is_late_wherever_the_long_task_computes_is_not_shown_to_be_blocked_by_it() =>
        Assert.Equal(ClaimVerdict.Inconclusive, Judge(onLoop: 0.049, offLoop: 0.049).Verdict);

    [Fact]
    public void A_loop_that_is_later_where_the_long_task_computes_elsewhere_is_not_blocked_by_it() =>
        Assert.Equal(ClaimVerdict.DoesNotHold, Judge(onLoop: 0.049, offLoop: 0.06).Verdict);

    [Fact]
    public void A_timer_that_is_early_makes_no_delay_of_less_than_nothing()
    {
        ClaimEvidence evidence = Judge(onLoop: 0.049, offLoop: -0.002);

        Assert.Equal(49, evidence.Criteria[1].Estimate, 0.5);
        Assert.All(evidence.Figures, figure => Assert.InRange(figure.Low, 0, 50));
    }

    [Fact]
    public void Delays_are_shown_by_their_median_their_95th_percentile_and_the_longest()
    {
        ClaimEvidence evidence = Judge(onLoop: 0.049, offLoop: 0.005);

        // Delays that rise steadily from next to nothing to the longest.
        Assert.Equal(24.5, Figure(evidence, "median delay of short tasks"), 0.5);
        Assert.InRange(Figure(evidence, "95th percentile of the delays of short tasks"), 45, 48);
        Assert.Equal(49, Figure(evidence, "longest delay of a short task"), 0.5);
    }

    private static double Figure(ClaimEvidence evidence, string chart) =>
        evidence.Figures.Single(figure => figure.Chart == chart && figure.Name == "computing on the loop").Estimate;

    private static ClaimEvidence Judge(double onLoop, double offLoop) => new BlockedLoopJudge(
        [.. Enumerable.Range(0, 11).Select(round => new BlockedLoopRound(0.05, Delays(0.0002), Delays(onLoop * Noise(round)), Delays(offLoop)))],
        seed: 1).Judge();

    private static double Noise(int round) => 1 + (0.001 * ((round % 5) - 2));

    private static double[] Delays(double longest) => [.. Enumerable.Range(0, 41).Select(task => longest * task / 40)];
}
