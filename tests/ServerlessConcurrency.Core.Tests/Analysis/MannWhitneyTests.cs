using ServerlessConcurrency.Core.Analysis;

namespace ServerlessConcurrency.Core.Tests.Analysis;

public sealed class MannWhitneyTests
{
    [Theory]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 4, 5, 6 }, -1.0)]
    [InlineData(new double[] { 4, 5, 6 }, new double[] { 1, 2, 3 }, 1.0)]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 1, 2, 3 }, 0.0)]
    // Of 6 pairs 3 are greater, 1 is equal and 2 are smaller.
    [InlineData(new double[] { 1, 5 }, new double[] { 0, 1, 6 }, 1.0 / 6)]
    [InlineData(new double[] { 2, 5 }, new double[] { 0, 1, 6 }, 1.0 / 3)]
    public void Cliffs_delta_weighs_greater_against_smaller_pairs(double[] x, double[] y, double expected) =>
        Assert.Equal(expected, MannWhitney.CliffsDelta(x, y), tolerance: 1e-12);

    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(2, 2.0 / 6)]
    [InlineData(6, 2.0 / 924)]
    public void The_smallest_p_value_is_that_of_samples_apart(int count, double expected)
    {
        Assert.Equal(expected, MannWhitney.SmallestPValue(count), tolerance: 1e-9);
        Assert.Equal(
            expected,
            MannWhitney.PValue([.. Enumerable.Range(0, count).Select(value => (double)value)], [.. Enumerable.Range(100, count).Select(value => (double)value)]),
            tolerance: 1e-9);
    }

    // Two samples that do not overlap: one order of C(2n, n) at either end.
    [Theory]
    [InlineData(2, 2.0 / 6)]
    [InlineData(3, 2.0 / 20)]
    [InlineData(4, 2.0 / 70)]
    [InlineData(5, 2.0 / 252)]
    [InlineData(6, 2.0 / 924)]
    [InlineData(8, 2.0 / 12_870)]
    public void Samples_that_do_not_overlap_have_the_exact_p_value(int count, double expected)
    {
        Assert.Equal(expected, PValue(u: 0, count), tolerance: 1e-9);
        Assert.Equal(expected, PValue(u: count * count, count), tolerance: 1e-9);
    }

    // Critical values of U for two-tailed 0.05 and equal samples, from http://numeracy-bank.net/?q=t/stt/mwu/3 .
    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 2)]
    [InlineData(6, 5)]
    [InlineData(7, 8)]
    [InlineData(8, 13)]
    [InlineData(9, 17)]
    [InlineData(10, 23)]
    [InlineData(12, 37)]
    [InlineData(15, 64)]
    [InlineData(20, 127)]
    public void The_p_value_falls_below_5_percent_at_the_published_critical_value(int count, int critical)
    {
        Assert.True(PValue(critical, count) <= 0.05);
        Assert.True(PValue(critical + 1, count) > 0.05);
        Assert.True(PValue((count * count) - critical, count) <= 0.05);
        Assert.True(PValue((count * count) - critical - 1, count) > 0.05);
    }

    [Theory]
    // Ranks 1, 3, 3 of 1, 3, 3, 3, 5.5, 5.5: 3 of 20 triples have a sum of 7 or less.
    [InlineData(new double[] { 1, 2, 2 }, new double[] { 2, 3, 3 }, 2 * 3.0 / 20)]
    // Ranks 1, 5 of 1, 2, 3, 5, 5, 5: 6 of 15 pairs have a sum of 6 or less, 12 of 6 or more.
    [InlineData(new double[] { 1, 4 }, new double[] { 2, 3, 4, 4 }, 2 * 6.0 / 15)]
    [InlineData(new double[] { 2, 3, 4, 4 }, new double[] { 1, 4 }, 2 * 6.0 / 15)]
    // Of 924 choices of 6 from five 9s and seven 8s, 462 have at most two 9s.
    [InlineData(new double[] { 8, 8, 8, 8, 9, 9 }, new double[] { 8, 8, 8, 9, 9, 9 }, 1.0)]
    // ... and from six of each 1 + 36 have at most one 9.
    [InlineData(new double[] { 8, 8, 8, 8, 8, 9 }, new double[] { 8, 9, 9, 9, 9, 9 }, 2 * 37.0 / 924)]
    [InlineData(new double[] { 7, 7 }, new double[] { 7, 7, 7 }, 1.0)]
    public void Equal_values_share_their_ranks_and_the_p_value_stays_exact(double[] x, double[] y, double expected) =>
        Assert.Equal(expected, MannWhitney.PValue(x, y), tolerance: 1e-12);

    [Theory]
    [InlineData(new double[] { 4, 5, 6 }, new double[] { 1, 2, 3 }, 1.0 / 20)]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 4, 5, 6 }, 1.0)]
    [InlineData(new double[] { 9 }, new double[] { 1, 2, 3 }, 1.0 / 4)]
    [InlineData(new double[] { 9, 9, 9 }, new double[] { 1 }, 1.0 / 4)]
    public void One_sided_it_asks_whether_the_first_sample_is_greater(double[] x, double[] y, double expected)
    {
        Assert.Equal(expected, MannWhitney.PValueOfGreater(x, y), tolerance: 1e-12);
        Assert.True(MannWhitney.SmallestPValueOfGreater(x.Length, y.Length) <= expected);
    }

    // Ranks summed in pairs of equal values, shifted by one pair: computed from the formula apart from this code.
    [Fact]
    public void Large_samples_have_the_p_value_of_the_normal_approximation_with_ties()
    {
        double[] x = [.. Enumerable.Range(0, 31).Select(value => value / 2 + 2.0)];
        double[] y = [.. Enumerable.Range(0, 31).Select(value => value / 2 + 0.0)];

        Assert.Equal(0.0524192357299707, MannWhitney.PValueOfGreater(x, y), tolerance: 1e-9);
        // One value less on one side, and it is exact: nearly the same.
        Assert.Equal(MannWhitney.PValueOfGreater(x, y), MannWhitney.PValueOfGreater(x[..30], y[..30]), tolerance: 0.005);
    }

    // Two samples without ties of which U pairs have the value of the first above that of the second.
    private static double PValue(int u, int count)
    {
        double[] other = [.. Enumerable.Range(1, count).Select(value => 1_000.0 * value)];
        var sample = new double[count];
        for (int index = 0; index < count; index++)
        {
            int above = Math.Min(u, count);
            u -= above;
            sample[index] = (1_000.0 * above) + 500 + index;
        }

        return MannWhitney.PValue(sample, other);
    }
}
