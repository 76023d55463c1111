using ServerlessConcurrency.Core.Analysis;

namespace ServerlessConcurrency.Core.Comparisons;

/// <summary>
/// Decides which runs take longer than a limit allows: a one-sided Mann-Whitney test of the times after against the limit times those before, at
/// 5 % and corrected by Holm's method, so that the chance of even one false alarm among runs that keep to the limit is 5 % at most. Where the
/// rounds cannot pass that among so many comparisons, the clearest evidence there is counts: every run after took longer than the limit times
/// every run before. For runs just at the limit its chance is 1 / C(b + a, b) in each comparison, 0.1 % with 6 rounds of each. With fewer than that
/// it would be a false alarm too often, and nothing is decided.
/// </summary>
/// <param name="limit">The largest ratio that is allowed, 1 or more.</param>
/// <param name="pairs">What is compared, all with valid runs in both experiments.</param>
internal sealed class RegressionLimit(double limit, IReadOnlyList<ComparedPair> pairs)
{
    // What rounding may add to a p-value that is just the level.
    private const double Rounding = 1e-9;

    private readonly double[] _pValues = [.. pairs.Select(pair => MannWhitney.PValueOfGreater(pair.After, [.. pair.Before.Select(time => limit * time)]))];

    /// <summary>The p-values of being above the limit, corrected, in the order of the pairs.</summary>
    public double[] AdjustedPValues => HolmCorrection.Adjust(_pValues);

    /// <summary>The chance of a false alarm, at most, were all runs to which no correction applies just at the limit.</summary>
    public double UncorrectedError => Math.Min(1, pairs.Where(pair => CanBeJudged(pair) && !IsInReach(pair)).Sum(Smallest));

    /// <summary>How many rounds of each experiment it takes to judge anything among so many comparisons.</summary>
    public int RoundsNeeded => Enumerable.Range(1, MedianInterval.SmallestSample)
        .First(rounds => rounds == MedianInterval.SmallestSample || IsInReach(MannWhitney.SmallestPValueOfGreater(rounds, rounds)));

    /// <summary>Which pairs are above the limit, in their order.</summary>
    public bool[] Exceeded() =>
    [
        .. pairs.Zip(_pValues, AdjustedPValues).Select(entry => IsInReach(entry.First)
            ? entry.Third <= Decision.Level + Rounding
            // The next larger p-value is twice as large at least.
            : CanBeJudged(entry.First) && entry.Second < 1.5 * Smallest(entry.First)),
    ];

    /// <summary>Whether there are enough rounds to decide anything.</summary>
    public bool CanBeJudged(ComparedPair pair) =>
        IsInReach(pair) || Math.Min(pair.Before.Length, pair.After.Length) >= MedianInterval.SmallestSample;

    // Whether the clearest of differences would pass the corrected test.
    private bool IsInReach(ComparedPair pair) => IsInReach(Smallest(pair));

    private bool IsInReach(double smallestPValue) => smallestPValue * pairs.Count <= Decision.Level + Rounding;

    private static double Smallest(ComparedPair pair) => MannWhitney.SmallestPValueOfGreater(pair.Before.Length, pair.After.Length);
}
