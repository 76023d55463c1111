using MathNet.Numerics.Distributions;
using ServerlessConcurrency.Core.Analysis;

namespace ServerlessConcurrency.Core.Tests.Analysis;

public sealed class WilcoxonSignedRankTests
{
    [Theory]
    // One choice of signs of 64, then two: none negative, and the smallest alone.
    [InlineData(new double[] { 1, 2, 3, 4, 5, 6 }, 2 * 1.0 / 64)]
    [InlineData(new double[] { -1, -2, -3, -4, -5, -6 }, 2 * 1.0 / 64)]
    [InlineData(new double[] { -1, 2, 3, 4, 5, 6 }, 2 * 2.0 / 64)]
    // Of 256, five have a sum of ranks of 3 or less: none, 1, 2, 1 + 2, 3.
    [InlineData(new double[] { -1, -2, 3, 4, 5, 6, 7, 8 }, 2 * 5.0 / 256)]
    // The three of size 1 share the rank 2: none, or one of them.
    [InlineData(new double[] { 1, 1, -1, 2, 3, 3 }, 2 * 4.0 / 64)]
    // The zero has rank 1 and no sign: of the choices for 2, 3, 4.5, 4.5, 6 there are none, 2, 3 up to a sum of 3.
    [InlineData(new double[] { 0, 1, -2, 3, 3, 4 }, 2 * 3.0 / 32)]
    [InlineData(new double[] { 1, -1, 2, -2 }, 1.0)]
    [InlineData(new double[] { 0, 0, 0 }, 1.0)]
    [InlineData(new double[] { }, 1.0)]
    public void The_p_value_is_the_part_of_all_choices_of_signs_that_is_as_extreme(double[] differences, double expected) =>
        Assert.Equal(expected, WilcoxonSignedRank.PValue(differences), tolerance: 1e-12);

    // Critical values of the smaller sum for two-tailed 0.05, from Wilcoxon's table as reprinted in textbooks.
    [Theory]
    [InlineData(6, 0)]
    [InlineData(7, 2)]
    [InlineData(8, 3)]
    [InlineData(9, 5)]
    [InlineData(10, 8)]
    [InlineData(12, 13)]
    [InlineData(15, 25)]
    [InlineData(20, 52)]
    [InlineData(25, 89)]
    public void The_p_value_falls_below_5_percent_at_the_published_critical_value(int count, int critical)
    {
        Assert.True(WilcoxonSignedRank.PValue(WithNegativeSum(critical, count)) <= 0.05);
        Assert.True(WilcoxonSignedRank.PValue(WithNegativeSum(critical + 1, count)) > 0.05);
    }

    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(2, 0.5)]
    [InlineData(6, 2.0 / 64)]
    public void The_smallest_p_value_is_that_of_differences_of_one_sign(int count, double expected)
    {
        Assert.Equal(expected, WilcoxonSignedRank.SmallestPValue(count));
        Assert.Equal(expected, WilcoxonSignedRank.PValue([.. Enumerable.Range(1, count).Select(size => (double)size)]), tolerance: 1e-12);
    }

    // Both were computed apart from this code: 101 pairs from the formula, 100 by counting in whole numbers.
    [Fact]
    public void Up_to_100_pairs_are_counted_out_and_more_have_the_p_value_of_the_normal_approximation()
    {
        double[] differences = [.. Enumerable.Range(0, 101).Select(index => (index + 1.0) * (index % 5 < 3 ? 1 : -1))];

        Assert.Equal(0.09356591727213437, WilcoxonSignedRank.PValue(differences), tolerance: 1e-9);
        Assert.Equal(0.12681214659918896, WilcoxonSignedRank.PValue(differences[..100]), tolerance: 1e-12);
    }

    // R's example of wilcox.test, the depression scores of Hollander and Wolfe: p = 0.01953 one-sided, the estimate 0.46, the interval 0.010 to 0.786.
    [Fact]
    public void The_one_sided_p_value_the_estimate_and_its_interval_are_those_of_the_textbook()
    {
        double[] differences = [0.952, -0.147, 1.022, 0.43, 0.62, 0.59, 0.49, -0.08, 0.01];

        ConfidenceInterval interval = WilcoxonSignedRank.Interval(differences);

        Assert.Equal(0.01953125, WilcoxonSignedRank.PValueOfGreater(differences), tolerance: 1e-12);
        Assert.Equal(0.46, interval.Estimate, tolerance: 1e-12);
        Assert.Equal((0.01, 0.786), (interval.Low, interval.High));
        Assert.Equal(1 - (2 * 10 / 512.0), interval.Coverage, tolerance: 1e-12);
    }

    [Theory]
    [InlineData(1, 0.0)]
    [InlineData(5, 1 - (2.0 / 32))]
    [InlineData(6, 1 - (2.0 / 64))]
    public void The_interval_of_few_differences_is_their_range_and_says_how_sure_it_is(int count, double coverage)
    {
        ConfidenceInterval interval = WilcoxonSignedRank.Interval([.. Enumerable.Range(1, count).Select(size => (double)size)]);

        Assert.Equal((1, count, coverage), (interval.Low, interval.High, interval.Coverage));
        Assert.Equal((1 + count) / 2.0, interval.Estimate);
        Assert.Throws<ArgumentException>(() => WilcoxonSignedRank.Interval([]));
    }

    // What the interval leaves out is what the test rejects, with the exact test and with the approximation.
    [Theory]
    [InlineData(8)]
    [InlineData(30)]
    [InlineData(120)]
    public void The_interval_has_the_differences_that_the_test_does_not_reject(int count)
    {
        var random = new Random(count);
        double[] differences = [.. Enumerable.Range(0, count).Select(_ => Normal.Sample(random, 1, 1))];

        ConfidenceInterval interval = WilcoxonSignedRank.Interval(differences);

        Assert.True(PValueWithout(interval.Low + 1e-9) > 0.05 && PValueWithout(interval.High - 1e-9) > 0.05);
        Assert.True(PValueWithout(interval.Low - 1e-9) <= 0.05 && PValueWithout(interval.High + 1e-9) <= 0.05);
        double PValueWithout(double shift) => WilcoxonSignedRank.PValue([.. differences.Select(difference => difference - shift)]);
    }

    [Fact]
    public void Equal_models_are_told_apart_in_at_most_5_percent()
    {
        var random = new Random(7);
        int called = Enumerable.Range(0, 2_000).Count(_ =>
            WilcoxonSignedRank.PValue([.. Enumerable.Range(0, 8).Select(_ => Normal.Sample(random, 0, 1))]) < 0.05);

        // Exact for 8: 10 of 256 choices of signs, 3.9 %.
        Assert.InRange(called, 50, 105);
    }

    // Sizes 1 to count, of which those that add up to the sum are negative: the largest that fit, one after another.
    private static double[] WithNegativeSum(int sum, int count)
    {
        double[] differences = [.. Enumerable.Range(1, count).Select(size => (double)size)];
        for (int size = count; size >= 1; size--)
        {
            if (size > sum)
                continue;
            differences[size - 1] = -size;
            sum -= size;
        }

        return differences;
    }
}
