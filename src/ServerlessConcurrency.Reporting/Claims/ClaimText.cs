using System.Globalization;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Claims;

/// <summary>What was found of claims, in words: the same in every report and on the command line.</summary>
public static class ClaimText
{
    /// <summary>A verdict, e.g. <c>does not hold</c>.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns>The text.</returns>
    public static string Verdict(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Holds => "holds",
        ClaimVerdict.DoesNotHold => "does not hold",
        ClaimVerdict.Inconclusive => "inconclusive",
        _ => "not measurable here",
    };

    /// <summary>What became of a criterion, e.g. <c>not met</c>.</summary>
    /// <param name="outcome">Its outcome.</param>
    /// <returns>The text.</returns>
    public static string Outcome(ClaimVerdict outcome) => outcome switch
    {
        ClaimVerdict.Holds => "met",
        ClaimVerdict.DoesNotHold => "not met",
        _ => "undecided",
    };

    /// <summary>
    /// A criterion in one line, e.g. <c>threads are no faster than sequential: 0.98 times (0.95 to 1.01), must be below 1.1: met</c>.
    /// </summary>
    /// <param name="criterion">The criterion.</param>
    /// <returns>The text.</returns>
    public static string Of(ClaimCriterion criterion) =>
        $"{criterion.Statement}: {Figure(criterion)}, {Demand(criterion)}: {Outcome(criterion.Outcome)}";

    /// <summary>What a criterion asks of its figure, e.g. <c>must be below 1.1</c>.</summary>
    /// <param name="criterion">The criterion.</param>
    /// <returns>The text.</returns>
    public static string Demand(ClaimCriterion criterion) => criterion.Comparison switch
    {
        ClaimComparison.Above => $"must be above {Bound(criterion)}",
        ClaimComparison.Below => $"must be below {Bound(criterion)}",
        ClaimComparison.Always => "must happen in every trial",
        _ => "must happen in one trial or more",
    };

    /// <summary>The figure of a criterion with its interval, e.g. <c>0.98 times (0.95 to 1.01)</c>.</summary>
    /// <param name="criterion">The criterion.</param>
    /// <returns>The text.</returns>
    public static string Figure(ClaimCriterion criterion)
    {
        string figure = Figures.Quantity(criterion.Estimate, criterion.Low, criterion.High, criterion.Unit);
        return criterion.Comparison is ClaimComparison.Always or ClaimComparison.Sometimes ? $"in {figure} of trials" : figure;
    }

    /// <summary>A figure with its interval, e.g. <c>12.4 ms (11.9 to 13.1)</c>.</summary>
    /// <param name="figure">The figure.</param>
    /// <returns>The text.</returns>
    public static string Figure(ClaimFigure figure) => Figures.Quantity(figure.Estimate, figure.Low, figure.High, figure.Unit);

    /// <summary>The figure that decided with its interval, e.g. <c>0.98 times (0.95 to 1.01)</c>, or why there is none.</summary>
    /// <param name="evidence">The evidence of one side.</param>
    /// <returns>The text.</returns>
    public static string Decisive(ClaimEvidence evidence) =>
        evidence.Decisive is { } criterion ? Figure(criterion) : evidence.Reason ?? Figures.None;

    /// <summary>How many claims came to which verdict, e.g. <c>8 hold, 2 do not hold, 2 not measurable here</c>.</summary>
    /// <param name="evidence">The evidence of one side for every claim.</param>
    /// <returns>The text; empty for none.</returns>
    public static string Tally(IEnumerable<ClaimEvidence> evidence) => string.Join(", ", evidence
        .CountBy(one => one.Verdict)
        .OrderBy(count => count.Key)
        .Select(count => $"{count.Value} {Verdicts(count.Key, count.Value)}"));

    private static string Verdicts(ClaimVerdict verdict, int count) => verdict switch
    {
        ClaimVerdict.Holds when count > 1 => "hold",
        ClaimVerdict.DoesNotHold when count > 1 => "do not hold",
        _ => Verdict(verdict),
    };

    private static string Bound(ClaimCriterion criterion) =>
        criterion.Bound.ToString("#,##0.######", CultureInfo.InvariantCulture);
}
