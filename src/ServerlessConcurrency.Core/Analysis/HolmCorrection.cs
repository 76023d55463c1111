namespace ServerlessConcurrency.Core.Analysis;

/// <summary>
/// Corrects p-values for the number of comparisons, so that the probability of even one false difference among all of them stays
/// below the level (Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6, 1979).
/// </summary>
public static class HolmCorrection
{
    /// <summary>Corrects the p-values of a family of comparisons.</summary>
    /// <param name="pValues">The p-values, 0 to 1.</param>
    /// <returns>The corrected ones in the same order: the k-th smallest of m is multiplied by m - k + 1, made monotone, and cut off at 1.</returns>
    public static double[] Adjust(IReadOnlyList<double> pValues)
    {
        double[] adjusted = new double[pValues.Count];
        double largest = 0;
        int rank = 0;
        foreach ((int index, double pValue) in pValues.Index().OrderBy(entry => entry.Item))
        {
            largest = Math.Max(largest, Math.Min(1, pValue * (pValues.Count - rank)));
            adjusted[index] = largest;
            rank++;
        }

        return adjusted;
    }
}
