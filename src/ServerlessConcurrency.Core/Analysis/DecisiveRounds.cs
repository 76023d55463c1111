namespace ServerlessConcurrency.Core.Analysis;

/// <summary>How many rounds it takes before anything can be decided: a matter of their number and of that of the comparisons alone.</summary>
internal static class DecisiveRounds
{
    /// <summary>
    /// The fewest with which the clearest of differences is significant once it is corrected, and with which intervals cover 95 %.
    /// </summary>
    /// <param name="comparisons">How many comparisons there are, 0 or more.</param>
    public static int Fewest(int comparisons)
    {
        int rounds = MedianInterval.SmallestSample;
        while (!AreEnough(rounds, rounds, comparisons))
            rounds++;
        return rounds;
    }

    /// <summary>Whether so many of the one and so many of the other can show the clearest of differences.</summary>
    /// <param name="comparisons">How many comparisons there are, 0 or more.</param>
    public static bool AreEnough(int before, int after, int comparisons) =>
        Math.Min(before, after) >= MedianInterval.SmallestSample
        && 2 * MannWhitney.SmallestPValueOfGreater(before, after) * comparisons < Decision.Level;
}
