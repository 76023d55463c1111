using Perfolizer.Mathematics.SignificanceTesting.Base;
using Perfolizer.Mathematics.SignificanceTesting.MannWhitney;
using Perfolizer.Metrology;
using Pragmastat;

namespace ServerlessConcurrency.Core.Analysis;

/// <summary>
/// The Mann-Whitney U test (Mann and Whitney, Annals of Mathematical Statistics 18, 1947), which assumes no distribution, and the
/// effect size that goes with it.
/// </summary>
public static class MannWhitney
{
    /// <summary>The two-sided p-value, exact for small samples: twice the smaller of the one-sided ones, at most 1.</summary>
    /// <param name="x">The one sample.</param>
    /// <param name="y">The other sample.</param>
    /// <returns>The p-value; 1 where a sample has fewer than 2 values.</returns>
    public static double PValue(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        if (x.Count < 2 || y.Count < 2)
            return 1;
        var test = MannWhitneyTest.Instance;
        Sample one = new([.. x]);
        Sample other = new([.. y]);
        double greater = test.Perform(one, other, AlternativeHypothesis.Greater, Threshold.Zero).PValue;
        double less = test.Perform(one, other, AlternativeHypothesis.Less, Threshold.Zero).PValue;
        return Math.Min(1, 2 * Math.Min(greater, less));
    }

    /// <summary>The smallest p-value that two samples of a size can have: that of samples that do not overlap, 2 / C(2n, n).</summary>
    /// <param name="count">How many values each has.</param>
    /// <returns>The p-value; 1 for fewer than 2 values.</returns>
    public static double SmallestPValue(int count) =>
        count < 2 ? 1 : 2 / MathNet.Numerics.SpecialFunctions.Binomial(2 * count, count);

    /// <summary>
    /// Cliff's delta (Cliff, Psychological Bulletin 114, 1993): the probability that a value of the one sample is greater than a value
    /// of the other, less the probability that it is smaller.
    /// </summary>
    /// <param name="x">The one sample; not empty.</param>
    /// <param name="y">The other sample; not empty.</param>
    /// <returns>-1 (every x is smaller) to 1 (every x is greater); 0 where neither tends to be greater.</returns>
    public static double CliffsDelta(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        double[] sorted = [.. y.Order()];
        long sum = 0;
        foreach (double value in x)
            sum += CountBelow(sorted, value) - (sorted.Length - CountUpTo(sorted, value));
        return (double)sum / x.Count / y.Count;
    }

    private static int CountBelow(double[] sorted, double value) => FirstIndex(sorted, each => each >= value);

    private static int CountUpTo(double[] sorted, double value) => FirstIndex(sorted, each => each > value);

    private static int FirstIndex(double[] sorted, Predicate<double> isBeyond)
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (isBeyond(sorted[middle]))
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
