using ServerlessConcurrency.Core.Analysis;

namespace ServerlessConcurrency.Core.Tests.Analysis;

public sealed class TrendTests
{
    [Theory]
    // Of n! orders one rises and one falls throughout.
    [InlineData(3, 2.0 / 6)]
    [InlineData(4, 2.0 / 24)]
    [InlineData(6, 2.0 / 720)]
    public void A_series_that_rises_throughout_has_the_exact_p_value(int count, double expected)
    {
        double[] rising = [.. Enumerable.Range(1, count).Select(value => (double)value)];

        Assert.Equal(expected, Trend.Of(rising).PValue, tolerance: 1e-12);
        Assert.Equal(expected, Trend.Of([.. rising.Reverse()]).PValue, tolerance: 1e-12);
    }

    [Theory]
    [InlineData(new double[] { 2, 1, 3, 4, 5 }, 2 * 5.0 / 120)]
    [InlineData(new double[] { 1, 2, 3, 4 }, 2 * 1.0 / 24)]
    [InlineData(new double[] { 2, 1, 4, 3 }, 2 * 9.0 / 24)]
    public void Orders_at_least_as_extreme_are_counted(double[] series, double expected) =>
        Assert.Equal(expected, Trend.Of(series).PValue, tolerance: 1e-12);

    [Fact]
    public void The_normal_distribution_takes_over_smoothly()
    {
        double[] Series(int count) => [.. Enumerable.Range(0, count).Select(index => (index * 7 % count) + (0.35 * index))];

        Assert.InRange(Trend.Of(Series(20)).PValue / Trend.Of(Series(22)).PValue, 0.2, 5);
    }

    [Fact]
    public void The_change_is_that_of_the_median_slope()
    {
        // One wild value does not move it.
        Trend trend = Trend.Of([100, 101, 102, 500, 104, 105, 106]);

        Assert.Equal(6.0 / 104, trend.TotalChange, tolerance: 1e-9);
    }

    [Fact]
    public void Two_values_make_no_trend() => Assert.Equal(new Trend(0, 1), Trend.Of([1, 2]));

    [Fact]
    public void A_constant_series_has_no_trend() => Assert.Equal(new Trend(0, 1), Trend.Of([5, 5, 5, 5, 5, 5]));
}
