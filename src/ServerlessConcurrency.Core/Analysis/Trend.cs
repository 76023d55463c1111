using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace ServerlessConcurrency.Core.Analysis;

/// <summary>
/// Whether a series rises or falls: the Mann-Kendall test (Mann, Econometrica 13, 1945; Kendall, "Rank Correlation Methods", 1975) and the
/// slope of Theil and Sen (Sen, Journal of the American Statistical Association 63, 1968), neither of which assumes a distribution.
/// </summary>
/// <param name="TotalChange">The change from the first to the last value by the median slope, relative to the median.</param>
public readonly record struct Trend(double TotalChange, double PValue)
{
    // Up to here the exact distribution is counted out; beyond, the normal one is as good.
    private const int LargestExact = 20;

    /// <param name="series">The values in order of time, positive.</param>
    /// <returns>The trend; none, with a p-value of 1, in fewer than 3 values.</returns>
    public static Trend Of(IReadOnlyList<double> series)
    {
        int count = series.Count;
        if (count < 3)
            return new Trend(0, 1);
        int score = 0;
        var slopes = new List<double>(count * (count - 1) / 2);
        for (int later = 1; later < count; later++)
        {
            for (int earlier = 0; earlier < later; earlier++)
            {
                score += Math.Sign(series[later] - series[earlier]);
                slopes.Add((series[later] - series[earlier]) / (later - earlier));
            }
        }

        double change = slopes.Median() * (count - 1) / series.Median();
        return new Trend(change, count <= LargestExact ? ExactPValue(count, Math.Abs(score)) : NormalPValue(count, Math.Abs(score)));
    }

    // Of all orders of the values, how many have at least this score: those with at most so many inversions, twice.
    private static double ExactPValue(int count, int score)
    {
        int pairs = count * (count - 1) / 2;
        double[] orders = [1, .. new double[pairs]];
        for (int length = 2; length <= count; length++)
        {
            double[] longer = new double[pairs + 1];
            for (int inversions = 0; inversions <= pairs; inversions++)
                for (int added = 0; added < length && added <= inversions; added++)
                    longer[inversions] += orders[inversions - added];
            orders = longer;
        }

        int most = (pairs - score) / 2;
        return Math.Min(1, 2 * orders.Take(most + 1).Sum() / orders.Sum());
    }

    private static double NormalPValue(int count, int score)
    {
        double deviation = Math.Sqrt(count * (count - 1.0) * ((2 * count) + 5) / 18);
        return Math.Min(1, 2 * Normal.CDF(0, 1, -Math.Max(0, score - 1) / deviation));
    }
}
