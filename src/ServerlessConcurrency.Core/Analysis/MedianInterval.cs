using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace ServerlessConcurrency.Core.Analysis;

/// <summary>
/// The median of a sample with a distribution-free confidence interval from order statistics: the k-th smallest and k-th largest
/// value cover the true median with probability 1 - 2 P(B &lt; k), B binomial with n trials and p = 1/2 (David and Nagaraja, "Order
/// Statistics", 3rd ed., 2003, section 7.1). The largest k with a coverage of at least 95 % is taken. Under 6 values even the
/// smallest and the largest do not reach 95 %: they are taken all the same, and <see cref="ConfidenceInterval.Coverage"/> says so.
/// </summary>
public static class MedianInterval
{
    /// <summary>The least coverage where the sample is large enough for it.</summary>
    public const double Coverage = 0.95;

    /// <summary>The smallest sample whose range covers the median with at least 95 %: 1 - 2 / 2^6 = 96.9 %.</summary>
    public const int SmallestSample = 6;

    /// <param name="sample">The values, in any order; one or more.</param>
    /// <exception cref="ArgumentException">The sample is empty.</exception>
    public static ConfidenceInterval Of(IEnumerable<double> sample)
    {
        double[] sorted = [.. sample.Order()];
        if (sorted.Length == 0)
            throw new ArgumentException("an empty sample has no median", nameof(sample));
        int rank = 1;
        while (2 * (rank + 1) <= sorted.Length && CoverageOf(rank + 1, sorted.Length) >= Coverage)
            rank++;
        return new ConfidenceInterval(
            SortedArrayStatistics.Median(sorted), sorted[rank - 1], sorted[^rank], CoverageOf(rank, sorted.Length));
    }

    // Rounding may take the coverage of a single value, which is 0, below it.
    private static double CoverageOf(int rank, int count) => Math.Max(0, 1 - (2 * Binomial.CDF(0.5, count, rank - 1)));
}
