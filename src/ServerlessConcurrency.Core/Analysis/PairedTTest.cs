using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace ServerlessConcurrency.Core.Analysis;

/// <summary>
/// The t test of paired values (Student, "The Probable Error of a Mean", Biometrika 6, 1908) and the interval that goes with it. It assumes that
/// they are normally distributed; heavier tails on both sides make it more cautious.
/// </summary>
public static class PairedTTest
{
    /// <summary>The two-sided p-value of no difference.</summary>
    /// <param name="differences">The differences of the pairs, e.g. the logarithms of ratios.</param>
    /// <returns>The p-value; 1 for fewer than 2 differences.</returns>
    public static double PValue(IReadOnlyList<double> differences)
    {
        if (differences.Count < 2)
            return 1;
        double mean = differences.Mean();
        double error = StandardError(differences);
        if (error == 0)
            return mean == 0 ? 1 : 0;
        return Math.Min(1, 2 * StudentT.CDF(0, 1, differences.Count - 1, -Math.Abs(mean / error)));
    }

    /// <summary>The one-sided p-value of differences that are not above 0 on average.</summary>
    /// <returns>The p-value; 1 for fewer than 2 differences.</returns>
    public static double PValueOfGreater(IReadOnlyList<double> differences)
    {
        double half = PValue(differences) / 2;
        return differences.Count < 2 ? 1 : differences.Mean() > 0 ? half : 1 - half;
    }

    /// <summary>An interval of the mean difference.</summary>
    /// <param name="level">The probability that it misses the true mean, above 0 and below 1.</param>
    /// <returns>Its ends; of fewer than 2 differences everything.</returns>
    public static (double Low, double High) Interval(IReadOnlyList<double> differences, double level)
    {
        if (differences.Count < 2)
            return (double.NegativeInfinity, double.PositiveInfinity);
        double half = StudentT.InvCDF(0, 1, differences.Count - 1, 1 - (level / 2)) * StandardError(differences);
        return (differences.Mean() - half, differences.Mean() + half);
    }

    private static double StandardError(IReadOnlyList<double> differences) =>
        Math.Sqrt(differences.Variance() / differences.Count);
}
