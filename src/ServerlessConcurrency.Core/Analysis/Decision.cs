namespace ServerlessConcurrency.Core.Analysis;

/// <summary>
/// What may be said of a ratio: by its 95 % interval and by a p-value that is corrected for the number of comparisons, both of
/// which have to agree.
/// </summary>
public static class Decision
{
    public const double Level = 0.05;

    /// <summary>A ratio so close to 1 is no difference that matters: 3 %.</summary>
    public const double EquivalenceMargin = 0.03;

    /// <param name="speedup">The reference's time divided by the time of what is compared with it, with its 95 % interval.</param>
    /// <returns>
    /// Inconclusive where the interval covers the truth with less than 95 %, as it does with fewer than 6 rounds. No difference where the whole
    /// interval lies within 3 % of 1, however significant; faster or slower where it lies on one side of 1, the estimate is more than 3 % away
    /// from 1 and the p-value is under 0.05; else inconclusive.
    /// </returns>
    public static Verdict On(ConfidenceInterval speedup, double adjustedPValue)
    {
        // The interval of two rounds is as narrow as they happen to lie together, and proves nothing.
        if (speedup.Coverage < BootstrapInterval.Coverage)
            return Verdict.Inconclusive;
        if (speedup.Low >= 1 / (1 + EquivalenceMargin) && speedup.High <= 1 + EquivalenceMargin)
            return Verdict.NoDifference;
        if (adjustedPValue >= Level)
            return Verdict.Inconclusive;
        return speedup.Low > 1 && speedup.Estimate > 1 + EquivalenceMargin ? Verdict.Faster
            : speedup.High < 1 && speedup.Estimate < 1 / (1 + EquivalenceMargin) ? Verdict.Slower
            : Verdict.Inconclusive;
    }
}
