using FsCheck.Xunit;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Analysis;

public sealed class MedianIntervalTests
{
    // Ranks and confidence levels as published in "Table A.7: Confidence Intervals for the Population Median",
    // https://www.coursehero.com/file/5646626/A7/ : the narrowest interval with 95 % or more, the widest one under 6 values.
    [Theory]
    [InlineData(2, 1, 0.500)]
    [InlineData(3, 1, 0.750)]
    [InlineData(4, 1, 0.875)]
    [InlineData(5, 1, 0.938)]
    [InlineData(6, 1, 0.969)]
    [InlineData(7, 1, 0.984)]
    [InlineData(8, 1, 0.992)]
    [InlineData(9, 2, 0.961)]
    [InlineData(10, 2, 0.979)]
    [InlineData(11, 2, 0.988)]
    [InlineData(12, 3, 0.961)]
    [InlineData(13, 3, 0.978)]
    [InlineData(14, 3, 0.987)]
    [InlineData(15, 4, 0.965)]
    [InlineData(16, 4, 0.979)]
    [InlineData(17, 5, 0.951)]
    [InlineData(18, 5, 0.969)]
    [InlineData(19, 5, 0.981)]
    [InlineData(20, 6, 0.959)]
    public void The_interval_has_the_published_ranks_and_coverage(int count, int rank, double coverage)
    {
        // The value at each rank is the rank itself.
        ConfidenceInterval interval = MedianInterval.Of(Enumerable.Range(1, count).Select(value => (double)value));

        Assert.Equal(rank, interval.Low);
        Assert.Equal(count + 1 - rank, interval.High);
        Assert.Equal((count + 1) / 2.0, interval.Estimate);
        Assert.Equal(coverage, interval.Coverage, tolerance: 0.000_51);
    }

    [Fact]
    public void One_value_is_its_own_median_and_covers_nothing()
    {
        ConfidenceInterval interval = MedianInterval.Of([7]);

        Assert.Equal((7.0, 7.0, 7.0), (interval.Low, interval.Estimate, interval.High));
        Assert.InRange(interval.Coverage, 0, 1e-12);
    }

    [Fact]
    public void An_empty_sample_is_refused() => Assert.Throws<ArgumentException>(() => MedianInterval.Of([]));

    [Property]
    public void The_order_of_the_values_does_not_matter_and_the_ends_are_values_of_the_sample(int[] values)
    {
        if (values.Length == 0)
            return;
        double[] sample = [.. values];

        ConfidenceInterval interval = MedianInterval.Of(sample);

        Assert.Equal(interval, MedianInterval.Of(sample.Reverse()));
        Assert.Equal(interval, MedianInterval.Of(sample.Order()));
        Assert.Contains(interval.Low, sample);
        Assert.Contains(interval.High, sample);
        Assert.True(interval.Low <= interval.Estimate && interval.Estimate <= interval.High);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(20)]
    [InlineData(30)]
    public void It_covers_the_true_median_as_often_as_it_says(int count)
    {
        const int Samples = 20_000;
        double trueMedian = Math.Log(2);
        ulong state = 42;
        int covered = 0;
        double stated = 0;
        for (int sample = 0; sample < Samples; sample++)
        {
            // The exponential distribution: skewed, as run times are.
            ConfidenceInterval interval = MedianInterval.Of(Enumerable.Range(0, count).Select(_ => -Math.Log(NextUniform(ref state))));
            stated = interval.Coverage;
            if (interval.Low <= trueMedian && trueMedian <= interval.High)
                covered++;
        }

        // Five standard deviations of a binomial share; the numbers are the same at every run of the test.
        Assert.Equal(stated, covered / (double)Samples, tolerance: 5 * Math.Sqrt(stated * (1 - stated) / Samples));
    }

    private static double NextUniform(ref ulong state)
    {
        state = Checksum.Mix(state);
        return ((state >> 11) + 0.5) / (1UL << 53);
    }
}
