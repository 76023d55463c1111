namespace ServerlessConcurrency.Core.Analysis;

/// <summary>How many rounds it takes before anything can be decided: a matter of their number and of that of the comparisons alone.</summary>
internal static class DecisiveRounds
{
    /// <summary>
    /// The fewest with which the clearest of differences is significant once it is corrected, and with which intervals cover 95 %.
    /// </summary>
    /// <param name="comparisons">How many comparisons there are, 0 or more.</param>
    public static int Fewest(int comparisons) => Math.Max(
        MedianInterval.SmallestSample, From(2, rounds => MannWhitney.SmallestPValue(rounds) * comparisons < Decision.Level));

    private static int From(int rounds, Predicate<int> isEnough)
    {
        while (!isEnough(rounds))
            rounds++;
        return rounds;
    }
}
