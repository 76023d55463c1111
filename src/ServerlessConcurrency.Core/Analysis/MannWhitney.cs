using MathNet.Numerics.Distributions;

namespace ServerlessConcurrency.Core.Analysis;

/// <summary>
/// The Mann-Whitney U test (Mann and Whitney, Annals of Mathematical Statistics 18, 1947), which assumes no distribution, and the
/// effect size that goes with it. Up to 60 values in all the p-value is exact, also where values are equal: the permutation distribution of
/// the rank sum given the mid-ranks (Lehmann, "Nonparametrics: Statistical Methods Based on Ranks", 1975, sections 1.2 and 1.4). Beyond, it is
/// that of the normal approximation with the correction for ties of section 1.4 and one for continuity.
/// </summary>
public static class MannWhitney
{
    /// <summary>The most values, of both samples together, for which the permutations are counted out.</summary>
    public const int LargestExact = 60;

    /// <summary>The two-sided p-value: twice the smaller of the one-sided ones, at most 1.</summary>
    /// <returns>The p-value; 1 where a sample has fewer than 2 values.</returns>
    public static double PValue(IReadOnlyList<double> x, IReadOnlyList<double> y) =>
        x.Count < 2 || y.Count < 2 ? 1 : Math.Min(1, 2 * Math.Min(PValueOfGreater(x, y), PValueOfGreater(y, x)));

    /// <summary>The one-sided p-value of the alternative that values of the one sample tend to be greater.</summary>
    /// <param name="x">The sample that may be greater; not empty.</param>
    /// <param name="y">The other sample; not empty.</param>
    /// <returns>The probability of a rank sum of x as large as this or larger, were both drawn from the same values.</returns>
    public static double PValueOfGreater(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        int[] ranks = DoubledRanks.Of([.. x, .. y]);
        int sum = ranks.AsSpan(0, x.Count).ToArray().Sum();
        if (ranks.Length > LargestExact)
            return NormalPValue(ranks, x.Count, sum);
        // Of the smaller sample there are fewer subsets to count: the sums of both samples add up to a constant.
        return x.Count <= y.Count
            ? PermutationPValue(ranks, x.Count, subset => subset >= sum)
            : PermutationPValue(ranks, y.Count, subset => ranks.Sum() - subset >= sum);
    }

    // The part of all subsets of a size whose sum of ranks is as extreme: counted by size and sum, rank by rank.
    private static double PermutationPValue(int[] ranks, int size, Predicate<int> isExtreme)
    {
        int largest = ranks.Order().TakeLast(size).Sum();
        var subsets = new double[size + 1, largest + 1];
        subsets[0, 0] = 1;
        foreach (int rank in ranks)
        {
            for (int taken = size; taken >= 1; taken--)
                for (int sum = largest; sum >= rank; sum--)
                    subsets[taken, sum] += subsets[taken - 1, sum - rank];
        }

        double extreme = 0;
        double all = 0;
        for (int sum = 0; sum <= largest; sum++)
        {
            all += subsets[size, sum];
            extreme += isExtreme(sum) ? subsets[size, sum] : 0;
        }

        return extreme / all;
    }

    private static double NormalPValue(int[] ranks, int count, int sum)
    {
        double all = ranks.Length;
        double mean = count * (all + 1);
        double ties = ranks.CountBy(rank => rank).Sum(tie => Math.Pow(tie.Value, 3) - tie.Value);
        // Of the doubled rank sum: four times the variance.
        double variance = count * (all - count) / 3 * (all + 1 - (ties / (all * (all - 1))));
        return variance <= 0 ? 1 : Normal.CDF(0, 1, (mean + 1 - sum) / Math.Sqrt(variance));
    }

    /// <summary>The smallest p-value that two samples of a size can have: that of samples that do not overlap, 2 / C(2n, n).</summary>
    /// <returns>The p-value; 1 for fewer than 2 values.</returns>
    public static double SmallestPValue(int count) => count < 2 ? 1 : 2 * SmallestPValueOfGreater(count, count);

    /// <summary>
    /// The smallest one-sided p-value that two samples can have: that of every value of the one above every value of the other,
    /// 1 / C(x + y, x).
    /// </summary>
    /// <param name="x">How many values the one has, 1 or more.</param>
    /// <param name="y">How many values the other has, 1 or more.</param>
    public static double SmallestPValueOfGreater(int x, int y) => 1 / MathNet.Numerics.SpecialFunctions.Binomial(x + y, x);

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
