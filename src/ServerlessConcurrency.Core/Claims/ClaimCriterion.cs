using System.Text.Json.Serialization;
using MathNet.Numerics.Distributions;
using ServerlessConcurrency.Core.Analysis;

namespace ServerlessConcurrency.Core.Claims;

/// <summary>
/// A condition under which a claim holds, and what the measurements say of it. The decision rests on the whole 95 % interval of the
/// figure, never on the estimate alone.
/// </summary>
/// <param name="Statement">The condition in words, e.g. <c>threads are no faster than sequential</c>.</param>
/// <param name="Low">The lower end of its 95 % interval.</param>
/// <param name="High">The upper end of its 95 % interval.</param>
/// <param name="NeedsProcessors">
/// Whether it is about work on several processors at once, and so cannot be decided while others use them.
/// </param>
public sealed record ClaimCriterion(
    string Statement,
    string Unit,
    double Estimate,
    double Low,
    double High,
    ClaimComparison Comparison,
    double Bound,
    ClaimVerdict Outcome,
    bool NeedsProcessors = false)
{
    /// <summary>What was seen, e.g. <c>The event loop switched 0.8 % (0.4 to 1.6) as often as threads.</c>; null in documents of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sentence { get; init; }

    /// <summary>The unit of shares of trials.</summary>
    public const string Percent = "%";

    // Trials that all end alike prove little while half of those to come may still end otherwise.
    private const double MinorityShare = 0.5;

    // What did not happen in a few trials may still be possible, only rare.
    private const double RareShare = 0.05;

    /// <summary>The figure is to lie above a bound.</summary>
    /// <returns>Met where the whole interval lies above the bound, not met where it lies at or below it, else inconclusive.</returns>
    public static ClaimCriterion Above(string statement, string unit, ConfidenceInterval figure, double bound) =>
        Of(statement, unit, figure, ClaimComparison.Above, bound, figure.Low > bound, figure.High <= bound);

    /// <summary>The figure is to lie below a bound.</summary>
    /// <returns>Met where the whole interval lies below the bound, not met where it lies at or above it, else inconclusive.</returns>
    public static ClaimCriterion Below(string statement, string unit, ConfidenceInterval figure, double bound) =>
        Of(statement, unit, figure, ClaimComparison.Below, bound, figure.High < bound, figure.Low >= bound);

    /// <summary>Something is to happen in every trial.</summary>
    /// <param name="occurrences">In how many trials it happened, 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">How many trials there were, 1 or more.</param>
    /// <returns>
    /// Not met where it failed to happen once; met where it happened each time, in at least the 6 trials that show that it happens in
    /// more than half of all; else inconclusive.
    /// </returns>
    public static ClaimCriterion Always(string statement, int occurrences, int trials)
    {
        ConfidenceInterval share = ShareOf(occurrences, trials);
        return Of(
            statement, Percent, share, ClaimComparison.Always, 100, occurrences == trials && share.Low > 100 * MinorityShare, occurrences < trials);
    }

    /// <summary>
    /// Something is to be possible. That it did not happen shows only that it is rare, and how rare depends on the number of trials: after
    /// 6 without an occurrence it may still happen in 46 % of all, after 72 in 5 %.
    /// </summary>
    /// <param name="occurrences">In how many trials it happened, 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">How many trials there were, 1 or more.</param>
    /// <returns>
    /// Met where it happened once; not met where it never did, in at least the 72 trials that show that it happens in less than 5 % of
    /// all; else inconclusive.
    /// </returns>
    public static ClaimCriterion Sometimes(string statement, int occurrences, int trials)
    {
        ConfidenceInterval share = ShareOf(occurrences, trials);
        return Of(
            statement, Percent, share, ClaimComparison.Sometimes, 0, occurrences > 0, occurrences == 0 && share.High < 100 * RareShare);
    }

    /// <summary>
    /// The share of trials in which something happened, in percent, with its exact interval (Clopper and Pearson, "The use of
    /// confidence or fiducial limits illustrated in the case of the binomial", Biometrika 26, 1934).
    /// </summary>
    /// <param name="occurrences">In how many trials it happened, 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">How many trials there were, 1 or more.</param>
    /// <returns>The share and its 95 % interval.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There was no trial, or there were fewer than occurrences.</exception>
    public static ConfidenceInterval ShareOf(int occurrences, int trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(occurrences);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(occurrences, trials);
        const double Tail = Decision.Level / 2;
        double low = occurrences == 0 ? 0 : Beta.InvCDF(occurrences, trials - occurrences + 1, Tail);
        double high = occurrences == trials ? 1 : Beta.InvCDF(occurrences + 1, trials - occurrences, 1 - Tail);
        return new ConfidenceInterval(100.0 * occurrences / trials, 100 * low, 100 * high, 1 - Decision.Level);
    }

    /// <summary>Makes it a criterion on work on several processors at once.</summary>
    public ClaimCriterion OnProcessors() => this with { NeedsProcessors = true };

    /// <summary>
    /// Makes it a control: whether the measurement could show what the claim is about. Where it is not met, that says nothing of the
    /// claim, and nothing is decided.
    /// </summary>
    public ClaimCriterion AsControl() => Outcome == ClaimVerdict.DoesNotHold ? Withheld() : this;

    /// <summary>Leaves it undecided.</summary>
    internal ClaimCriterion Withheld() => this with { Outcome = ClaimVerdict.Inconclusive };

    // The interval of fewer than 6 values is as narrow as they happen to lie together, and that of one has no width.
    private static ClaimCriterion Of(
        string statement, string unit, ConfidenceInterval figure, ClaimComparison comparison, double bound, bool isMet, bool isNotMet) =>
        new(statement, unit, figure.Estimate, figure.Low, figure.High, comparison, bound,
            figure.Coverage < BootstrapInterval.Coverage ? ClaimVerdict.Inconclusive
            : isMet ? ClaimVerdict.Holds
            : isNotMet ? ClaimVerdict.DoesNotHold
            : ClaimVerdict.Inconclusive);
}
