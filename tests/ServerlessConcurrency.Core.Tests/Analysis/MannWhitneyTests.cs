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
}
