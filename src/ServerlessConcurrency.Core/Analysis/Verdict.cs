namespace ServerlessConcurrency.Core.Analysis;

/// <summary>
/// How a model compares with the baseline <c>sequential</c>. Anything but <see cref="Inconclusive"/> takes 6 rounds: with fewer the interval of
/// the speed-up does not reach the 95 % on which the others rest.
/// </summary>
public enum Verdict
{
    Baseline,

    /// <summary>Faster by more than 3 %: the interval of the speed-up lies above 1 and the corrected p-value is under 0.05.</summary>
    Faster,

    /// <summary>Slower by more than 3 %: the interval of the speed-up lies below 1 and the corrected p-value is under 0.05.</summary>
    Slower,

    /// <summary>As fast, for all that matters: the interval of the speed-up lies within 3 % of 1.</summary>
    NoDifference,

    /// <summary>The evidence shows none of these, or rests on fewer than 6 rounds; more may.</summary>
    Inconclusive,
}
