using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;

namespace ServerlessConcurrency.Core.Tests.Claims;

public class ClaimCriterionTests
{
    [Theory]
    [InlineData(1.2, 1.6, ClaimVerdict.Holds)]
    [InlineData(0.9, 1.6, ClaimVerdict.Inconclusive)]
    [InlineData(0.8, 1.1, ClaimVerdict.DoesNotHold)]
    [InlineData(1.1, 1.6, ClaimVerdict.Inconclusive)]
    public void Above_a_bound_is_the_whole_interval_or_none_of_it(double low, double high, ClaimVerdict expected) => Assert.Equal(
        expected, ClaimCriterion.Above("it is fast", "times", new ConfidenceInterval((low + high) / 2, low, high, 0.95), 1.1).Outcome);

    [Theory]
    [InlineData(0.8, 1.0, ClaimVerdict.Holds)]
    [InlineData(0.8, 1.1, ClaimVerdict.Inconclusive)]
    [InlineData(1.1, 1.6, ClaimVerdict.DoesNotHold)]
    public void Below_a_bound_is_the_whole_interval_or_none_of_it(double low, double high, ClaimVerdict expected) => Assert.Equal(
        expected, ClaimCriterion.Below("it is slow", "times", new ConfidenceInterval((low + high) / 2, low, high, 0.95), 1.1).Outcome);

    [Theory]
    [InlineData(1, ClaimVerdict.Inconclusive)]
    [InlineData(5, ClaimVerdict.Inconclusive)]
    [InlineData(6, ClaimVerdict.Holds)]
    public void Fewer_than_six_values_have_no_interval_of_95_percent_and_prove_nothing(int count, ClaimVerdict expected)
    {
        double[] values = [.. Enumerable.Range(0, count).Select(value => 9.0 + value)];

        Assert.All(
            [BootstrapInterval.OfMedian(values, seed: 1), MedianInterval.Of(values)],
            interval => Assert.Equal(expected, ClaimCriterion.Above("it is fast", "times", interval, 1.1).Outcome));
    }

    [Theory]
    [InlineData(6, 6, ClaimVerdict.Holds)]
    [InlineData(5, 5, ClaimVerdict.Inconclusive)]
    [InlineData(99, 100, ClaimVerdict.DoesNotHold)]
    [InlineData(0, 1, ClaimVerdict.DoesNotHold)]
    public void Always_is_refuted_by_one_exception_and_takes_six_trials_to_hold(int occurrences, int trials, ClaimVerdict expected) =>
        Assert.Equal(expected, ClaimCriterion.Always("it ends", occurrences, trials).Outcome);

    [Theory]
    [InlineData(1, 100, ClaimVerdict.Holds)]
    [InlineData(0, 6, ClaimVerdict.Inconclusive)]
    [InlineData(0, 71, ClaimVerdict.Inconclusive)]
    [InlineData(0, 72, ClaimVerdict.DoesNotHold)]
    public void Sometimes_is_proven_by_one_occurrence_and_takes_72_trials_not_to_hold(int occurrences, int trials, ClaimVerdict expected) =>
        Assert.Equal(expected, ClaimCriterion.Sometimes("it breaks", occurrences, trials).Outcome);

    [Theory]
    // Brown, Cai and DasGupta, "Interval Estimation for a Binomial Proportion", Statistical Science 16 (2001), give the formula;
    // the values follow from 0.025 = (1 - p)^n and 0.025 = p^n at the ends.
    [InlineData(0, 10, 0, 30.85)]
    [InlineData(10, 10, 69.15, 100)]
    [InlineData(5, 10, 18.71, 81.29)]
    public void Shares_have_exact_intervals(int occurrences, int trials, double low, double high)
    {
        ConfidenceInterval share = ClaimCriterion.ShareOf(occurrences, trials);

        Assert.Equal(10.0 * occurrences, share.Estimate, 6);
        Assert.Equal(low, share.Low, 2);
        Assert.Equal(high, share.High, 2);
    }

    [Fact]
    public void There_is_no_share_of_no_trials()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ClaimCriterion.ShareOf(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClaimCriterion.ShareOf(2, 1));
    }
}
