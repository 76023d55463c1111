namespace ServerlessConcurrency.Core.Analysis;

/// <summary>
/// Ranks from 1 on, where equal values share the mean of their places (mid-ranks), and twice that, so that they are whole numbers and sums
/// of them can be counted exactly.
/// </summary>
internal static class DoubledRanks
{
    /// <returns>Twice the mid-rank of each, in the order of the values.</returns>
    public static int[] Of(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(index => values[index])];
        var ranks = new int[values.Count];
        int first = 0;
        while (first < order.Length)
        {
            int end = first + 1;
            while (end < order.Length && values[order[end]] == values[order[first]])
                end++;
            // The places are first + 1 to end.
            foreach (int index in order[first..end])
                ranks[index] = first + 1 + end;
            first = end;
        }

        return ranks;
    }
}
