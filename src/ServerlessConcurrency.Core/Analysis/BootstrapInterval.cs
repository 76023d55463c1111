using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace ServerlessConcurrency.Core.Analysis;

/// <summary>
/// Bootstrap confidence intervals of medians and of ratios of medians: the percentile interval (Efron and Tibshirani, "An
/// Introduction to the Bootstrap", 1993, chapter 13), widened for small samples as Hesterberg proposes ("What Teachers Should Know
/// About the Bootstrap", The American Statistician 69, 2015: the expanded percentile interval). The draws depend on the seed alone. Under 6 values
/// not even the range of the sample covers the median with 95 %: <see cref="ConfidenceInterval.Coverage"/> then says with how much at most.
/// </summary>
public static class BootstrapInterval
{
    public const int Resamples = 2_000;

    /// <summary>The nominal coverage, which takes 6 values or more.</summary>
    public const double Coverage = 0.95;

    /// <summary>The median of a sample, e.g. of the ratios of paired rounds, with its interval.</summary>
    /// <param name="sample">The values; one or more. One value alone makes an interval of no width and no coverage.</param>
    /// <exception cref="ArgumentException">The sample is empty.</exception>
    public static ConfidenceInterval OfMedian(IReadOnlyList<double> sample, long seed)
    {
        double[] values = NotEmpty(sample, nameof(sample));
        var drawing = new SeededSampling(seed);
        double[] drawn = new double[values.Length];
        return Of(ArrayStatistics.MedianInplace(values), values.Length, () =>
        {
            drawing.Draw(values, drawn);
            return ArrayStatistics.MedianInplace(drawn);
        });
    }

    /// <summary>The ratio of the medians of two samples that are not paired, e.g. of two experiments.</summary>
    /// <param name="numerator">The values above the line; one or more.</param>
    /// <param name="denominator">The values below the line, positive; one or more.</param>
    /// <exception cref="ArgumentException">A sample is empty.</exception>
    public static ConfidenceInterval OfRatio(IReadOnlyList<double> numerator, IReadOnlyList<double> denominator, long seed)
    {
        double[] above = NotEmpty(numerator, nameof(numerator));
        double[] below = NotEmpty(denominator, nameof(denominator));
        var drawing = new SeededSampling(seed);
        double[] drawnAbove = new double[above.Length];
        double[] drawnBelow = new double[below.Length];
        return Of(ArrayStatistics.MedianInplace(above) / ArrayStatistics.MedianInplace(below), Math.Min(above.Length, below.Length), () =>
        {
            drawing.Draw(above, drawnAbove);
            drawing.Draw(below, drawnBelow);
            return ArrayStatistics.MedianInplace(drawnAbove) / ArrayStatistics.MedianInplace(drawnBelow);
        });
    }

    private static ConfidenceInterval Of(double estimate, int count, Func<double> resample)
    {
        if (count == 1)
            return new ConfidenceInterval(estimate, estimate, estimate, 0);
        double[] statistics = new double[Resamples];
        for (int index = 0; index < statistics.Length; index++)
            statistics[index] = resample();
        Array.Sort(statistics);
        double tail = Tail(count);
        return new ConfidenceInterval(
            estimate,
            SortedArrayStatistics.Quantile(statistics, tail),
            SortedArrayStatistics.Quantile(statistics, 1 - tail),
            CoverageOf(count));
    }

    // No resample leaves the range of the sample, which covers the median with 1 - 2 / 2^n (David and Nagaraja, see MedianInterval).
    private static double CoverageOf(int count) => Math.Min(Coverage, 1 - Math.Pow(2, 1 - count));

    /// <summary>The share of resamples that is cut off at each end, for so many values.</summary>
    // Resampling n values varies them too little, by sqrt((n - 1) / n), and knows nothing of Student's t.
    internal static double Tail(int count)
    {
        double t = StudentT.InvCDF(0, 1, count - 1, 1 - ((1 - Coverage) / 2));
        return Normal.CDF(0, 1, -Math.Sqrt(count / (count - 1.0)) * t);
    }

    private static double[] NotEmpty(IReadOnlyList<double> sample, string name) =>
        sample.Count > 0 ? [.. sample] : throw new ArgumentException("an empty sample has no median", name);
}
