using MathNet.Numerics.Distributions;
using ServerlessConcurrency.Core.Analysis;

namespace ServerlessConcurrency.Core.Tests.Analysis;

public sealed class BootstrapIntervalTests
{
    // Normal; with a tenth of the values far off to one side, as when another program interferes now and then.
    [Theory]
    [InlineData(6, 0)]
    [InlineData(6, 0.1)]
    [InlineData(10, 0)]
    [InlineData(10, 0.1)]
    [InlineData(20, 0.1)]
    public void It_covers_the_median_about_as_often_as_it_says(int count, double disturbed)
    {
        var random = new Random(count);
        const int trials = 400;
        int covered = 0;
        for (int trial = 0; trial < trials; trial++)
        {
            double[] sample = [.. Enumerable.Range(0, count).Select(_ => Draw(random, disturbed))];
            ConfidenceInterval interval = BootstrapInterval.OfMedian(sample, seed: trial);
            double median = disturbed == 0 ? 0 : Normal.InvCDF(0, 1, 0.5 / (1 - disturbed));
            covered += interval.Low <= median && median <= interval.High ? 1 : 0;
        }

        // 95 % less 3 standard deviations of a share of 400 trials.
        Assert.True(covered >= 0.917 * trials, $"covered {covered} of {trials}");
    }

    [Fact]
    public void A_ratio_of_unpaired_samples_covers_the_true_ratio()
    {
        var random = new Random(5);
        const int trials = 300;
        int covered = 0;
        for (int trial = 0; trial < trials; trial++)
        {
            double[] slow = [.. Enumerable.Range(0, 8).Select(_ => 120 * Math.Exp(0.03 * Draw(random, 0)))];
            double[] fast = [.. Enumerable.Range(0, 12).Select(_ => 100 * Math.Exp(0.05 * Draw(random, 0)))];
            ConfidenceInterval interval = BootstrapInterval.OfRatio(slow, fast, seed: trial);
            covered += interval.Low <= 1.2 && 1.2 <= interval.High ? 1 : 0;
        }

        Assert.True(covered >= 0.91 * trials, $"covered {covered} of {trials}");
    }

    [Fact]
    public void It_becomes_narrower_with_more_values()
    {
        var random = new Random(3);
        double[] sample = [.. Enumerable.Range(0, 200).Select(_ => Draw(random, 0))];

        ConfidenceInterval few = BootstrapInterval.OfMedian(sample[..8], seed: 1);
        ConfidenceInterval many = BootstrapInterval.OfMedian(sample, seed: 1);

        Assert.True(many.High - many.Low < (few.High - few.Low) / 2);
    }

    [Fact]
    public void One_value_has_an_interval_that_proves_nothing() =>
        Assert.Equal(new ConfidenceInterval(7, 7, 7, Coverage: 0), BootstrapInterval.OfMedian([7], seed: 1));

    [Theory]
    [InlineData(2, 0.5)]
    [InlineData(3, 0.75)]
    [InlineData(5, 0.9375)]
    [InlineData(6, 0.95)]
    [InlineData(50, 0.95)]
    public void No_more_coverage_is_stated_than_the_range_of_so_few_values_has(int count, double expected)
    {
        double[] sample = [.. Enumerable.Range(1, count).Select(value => (double)value)];

        Assert.Equal(expected, BootstrapInterval.OfMedian(sample, seed: 1).Coverage);
        Assert.Equal(expected, BootstrapInterval.OfRatio(sample, [.. sample, 1, 2, 3], seed: 1).Coverage);
    }

    [Fact]
    public void The_sample_is_left_as_it_is()
    {
        double[] sample = [3, 1, 2];

        BootstrapInterval.OfMedian(sample, seed: 1);

        Assert.Equal([3, 1, 2], sample);
    }

    [Fact]
    public void An_empty_sample_is_refused() => Assert.Throws<ArgumentException>(() => BootstrapInterval.OfMedian([], seed: 1));

    private static double Draw(Random random, double disturbed)
    {
        double value = Normal.InvCDF(0, 1, 1 - random.NextDouble());
        return random.NextDouble() < disturbed ? value + 1_000 : value;
    }
}
