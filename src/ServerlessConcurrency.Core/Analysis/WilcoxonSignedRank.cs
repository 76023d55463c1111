using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace ServerlessConcurrency.Core.Analysis;

/// <summary>
/// The signed-rank test of paired values (Wilcoxon, "Individual Comparisons by Ranking Methods", Biometrics Bulletin 1, 1945). The logarithms
/// of the ratios within rounds are symmetric around 0 where both models take the same time, whatever slowed a round down: that is all it
/// assumes. Up to 100 values the p-value is exact, also where values are equal: every choice of signs is as likely given the mid-ranks of
/// the sizes (Lehmann, "Nonparametrics: Statistical Methods Based on Ranks", 1975, sections 3.2 and 3.3). Zeros take part in the ranking and have no
/// sign (Pratt, "Remarks on Zeros and Ties in the Wilcoxon Signed Rank Procedures", Journal of the American Statistical Association 54,
/// 1959). Beyond, it is that of the normal approximation.
/// </summary>
public static class WilcoxonSignedRank
{
    /// <summary>The most values for which the choices of signs are counted out.</summary>
    public const int LargestExact = 100;

    /// <summary>The two-sided p-value of no difference.</summary>
    /// <param name="differences">The differences of the pairs, e.g. the logarithms of ratios.</param>
    /// <returns>The p-value; 1 where every difference is 0 or there is none.</returns>
    public static double PValue(IReadOnlyList<double> differences)
    {
        (int[] ranks, int positive, int negative) = SumsOf(differences);
        // The distribution is symmetric, so that the smaller of the two sums stands for both tails.
        return Math.Min(1, 2 * Tail(ranks, Math.Min(positive, negative)));
    }

    /// <summary>The one-sided p-value of differences that are not above 0.</summary>
    /// <param name="differences">The differences of the pairs.</param>
    /// <returns>The p-value; 1 where every difference is 0 or there is none.</returns>
    public static double PValueOfGreater(IReadOnlyList<double> differences)
    {
        (int[] ranks, _, int negative) = SumsOf(differences);
        return Tail(ranks, negative);
    }

    /// <summary>
    /// The middle of the differences and the interval that this test gives: the median of the means of any two of them, each with itself too, and
    /// the differences that it does not reject at 5 % (Hodges and Lehmann, "Estimates of Location Based on Rank Tests", The Annals of Mathematical Statistics 34,
    /// 1963). Of normal noise it needs two thirds of the rounds that the median needs.
    /// </summary>
    /// <param name="differences">The differences of the pairs; one or more.</param>
    /// <exception cref="ArgumentException">There are no differences.</exception>
    public static ConfidenceInterval Interval(IReadOnlyList<double> differences)
    {
        if (differences.Count == 0)
            throw new ArgumentException("no differences have no middle", nameof(differences));
        double[] means =
        [
            .. from one in Enumerable.Range(0, differences.Count)
               from other in Enumerable.Range(one, differences.Count - one)
               select (differences[one] + differences[other]) / 2,
        ];
        Array.Sort(means);
        int[] ranks = [.. Enumerable.Range(1, differences.Count).Select(rank => 2 * rank)];
        int cut = 0;
        for (int beyond = means.Length / 2; beyond - cut > 1;)
        {
            int middle = (cut + beyond) / 2;
            if (Tail(ranks, 2 * middle) <= Decision.Level / 2)
                cut = middle;
            else
                beyond = middle;
        }

        return new ConfidenceInterval(SortedArrayStatistics.Median(means), means[cut], means[^(cut + 1)], 1 - (2 * Tail(ranks, 2 * cut)));
    }

    /// <summary>The smallest p-value that so many pairs can have: that of differences of one sign, 2 / 2^n.</summary>
    /// <returns>The p-value; 1 for fewer than 2.</returns>
    public static double SmallestPValue(int count) => Math.Min(1, Math.Pow(2, 1 - count));

    // The doubled ranks of those that have a sign, and the sums of the positive and of the negative.
    private static (int[] Ranks, int Positive, int Negative) SumsOf(IReadOnlyList<double> differences)
    {
        int[] ranks = DoubledRanks.Of([.. differences.Select(Math.Abs)]);
        int[] signed = [.. ranks.Where((_, index) => differences[index] != 0)];
        int positive = ranks.Where((_, index) => differences[index] > 0).Sum();
        return (signed, positive, signed.Sum() - positive);
    }

    private static double Tail(int[] ranks, int sum) => ranks.Length <= LargestExact ? ExactTail(ranks, sum) : NormalTail(ranks, sum);

    // The probability of a sum of positive ranks up to this one: by sum, rank by rank, each of which is positive or not.
    private static double ExactTail(int[] ranks, int sum)
    {
        double[] probabilities = [1, .. new double[sum]];
        foreach (int rank in ranks)
        {
            for (int with = sum; with >= 0; with--)
                probabilities[with] = (probabilities[with] + (with >= rank ? probabilities[with - rank] : 0)) / 2;
        }

        return probabilities.Sum();
    }

    // The sum has half of all ranks as its mean and a quarter of their squares as its variance, ties or not; a doubled rank sum moves by 2 at
    // least where there are none, of which one half is the correction for continuity.
    private static double NormalTail(int[] ranks, int sum)
    {
        double deviation = Math.Sqrt(ranks.Sum(rank => (double)rank * rank)) / 2;
        return Normal.CDF(0, 1, (sum + 1 - (ranks.Sum() / 2.0)) / deviation);
    }
}
