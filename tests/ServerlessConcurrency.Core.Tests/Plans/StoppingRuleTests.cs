using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Tests.Plans;

public sealed class StoppingRuleTests
{
    private static readonly ExperimentSpec UntilDecided = new() { Workloads = [], Models = [], UntilDecided = true, MaxRounds = 100 };

    [Fact]
    public void A_fixed_number_of_rounds_is_measured_whatever_they_show()
    {
        ExperimentSpec spec = UntilDecided with { UntilDecided = false, Rounds = 3 };

        Assert.Equal(
            [RoundDecision.Needed, RoundDecision.Needed, RoundDecision.Needed, RoundDecision.NotNeeded],
            Enumerable.Range(1, 4).Select(round => StoppingRule.Decide(spec, round, TimeSpan.FromDays(1))));
        Assert.Equal(1, StoppingRule.LooksOf(spec));
    }

    [Fact]
    public void It_is_looked_at_ever_more_seldom_whether_it_is_decided_and_as_often_as_the_level_is_corrected_for()
    {
        int[] looks = [.. Enumerable.Range(1, 100).Where(done => StoppingRule.Decide(UntilDecided, done + 1, TimeSpan.Zero) != RoundDecision.Needed)];

        Assert.Equal([6, 9, 14, 21, 32, 48, 72, 100], looks);
        Assert.Equal(looks.Length, StoppingRule.LooksOf(UntilDecided));
        Assert.Equal(RoundDecision.NotNeeded, StoppingRule.Decide(UntilDecided, 101, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(6, 1)]
    [InlineData(7, 2)]
    [InlineData(100, 8)]
    public void The_end_is_a_look_too(int mostRounds, int looks) =>
        Assert.Equal(looks, StoppingRule.LooksOf(UntilDecided with { Rounds = Math.Min(6, mostRounds), MaxRounds = mostRounds }));

    [Theory]
    // 6 of 12 rounds are more than it takes: 25 s are over when all took 50 s.
    [InlineData(12, 49, RoundDecision.Needed)]
    [InlineData(12, 50, RoundDecision.NotNeeded)]
    [InlineData(5, 3_600, RoundDecision.Needed)]
    [InlineData(6, 3_600, RoundDecision.UnlessEnough)]
    public void Without_a_budget_it_goes_on_for_a_while_more_than_its_rounds_take(int done, double seconds, RoundDecision expected) =>
        Assert.Equal(expected, StoppingRule.Decide(UntilDecided, done + 1, TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(29, RoundDecision.Needed)]
    [InlineData(30, RoundDecision.NotNeeded)]
    public void A_budget_counts_from_the_first_round(double seconds, RoundDecision expected) =>
        Assert.Equal(expected, StoppingRule.Decide(UntilDecided with { TimeBudgetSeconds = 30 }, 3, TimeSpan.FromSeconds(seconds)));
}
