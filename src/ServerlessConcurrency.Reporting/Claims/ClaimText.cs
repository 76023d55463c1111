using System.Globalization;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Wording;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Claims;

/// <summary>What was found of claims, in words: the same in every report and on the command line.</summary>
public static class ClaimText
{
    /// <summary>A verdict, e.g. <c>does not hold</c>.</summary>
    public static string Verdict(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Holds => "holds",
        ClaimVerdict.DoesNotHold => "does not hold",
        ClaimVerdict.Inconclusive => "inconclusive",
        _ => "not measurable here",
    };

    /// <summary>The verdict on one side; <c>failed</c> where the measurement broke off with an error.</summary>
    public static string Verdict(ClaimEvidence evidence) => evidence.Failed ? "failed" : Verdict(evidence.Verdict);

    /// <summary>What became of a criterion, e.g. <c>not met</c>.</summary>
    public static string Outcome(ClaimVerdict outcome) => outcome switch
    {
        ClaimVerdict.Holds => "met",
        ClaimVerdict.DoesNotHold => "not met",
        _ => "undecided",
    };

    /// <summary>
    /// A criterion in one line, e.g. <c>threads are no faster than sequential: 0.98 times (0.95 to 1.01), must be below 1.1: met</c>.
    /// </summary>
    public static string Of(ClaimCriterion criterion) =>
        $"{criterion.Statement}: {Figure(criterion)}, {Demand(criterion)}: {Outcome(criterion.Outcome)}";

    /// <summary>What a criterion asks of its figure, e.g. <c>must be below 1.1</c>.</summary>
    public static string Demand(ClaimCriterion criterion) => criterion.Comparison switch
    {
        ClaimComparison.Above => $"must be above {Bound(criterion)}",
        ClaimComparison.Below => $"must be below {Bound(criterion)}",
        ClaimComparison.Always => "must happen in every trial",
        _ => "must happen in one trial or more",
    };

    /// <summary>The figure of a criterion with its interval, e.g. <c>0.98 times (0.95 to 1.01)</c>.</summary>
    public static string Figure(ClaimCriterion criterion)
    {
        string figure = Figures.Quantity(criterion.Estimate, criterion.Low, criterion.High, criterion.Unit);
        return criterion.Comparison is ClaimComparison.Always or ClaimComparison.Sometimes ? $"in {figure} of trials" : figure;
    }

    /// <summary>A figure with its interval, e.g. <c>12.4 ms (11.9 to 13.1)</c>.</summary>
    public static string Figure(ClaimFigure figure) => Figures.Quantity(figure.Estimate, figure.Low, figure.High, figure.Unit);

    /// <summary>
    /// What decided, in sentences, e.g. <c>The event loop switched 0.8 % (0.4 to 1.6) as often as threads.</c>; why there is nothing that did, or why it
    /// decides nothing.
    /// </summary>
    public static string Decisive(ClaimEvidence evidence) => evidence is { Decisive: null, Reason: null } ? Figures.None : string.Join(' ', new[]
    {
        evidence.Decisive is { } criterion ? criterion.Sentence ?? AsSentence($"{criterion.Statement}: {Figure(criterion)}, {Demand(criterion)}") : null,
        evidence.Reason is { } reason ? AsSentence(reason) : null,
    }.OfType<string>());

    /// <summary>What the verdicts that occur mean, a line for each.</summary>
    public static IEnumerable<string> Legend(IReadOnlyList<ClaimResult> claims) =>
        from verdict in claims.SelectMany(claim => claim.Sides).Select(side => Verdict(side.Evidence)).Distinct()
        select $"{verdict}: " + verdict switch
        {
            "holds" => "every condition is met, by its whole 95 % interval.",
            "does not hold" => "a condition is not met, by its whole 95 % interval.",
            "inconclusive" => "the intervals decide neither way, or others used the processors.",
            "failed" => "the measurement broke off with an error.",
            _ => "this machine or engine lacks what it takes.",
        };

    /// <summary>
    /// How many claims came to which verdict, e.g. <c>Of 12 claims, in .NET 8 hold, 2 do not hold and 2 are not measurable here; in CPython 12 hold.</c>
    /// </summary>
    public static string Tally(IReadOnlyList<ClaimResult> claims) =>
        $"Of {Counted.Of(claims.Count, "claim")}, in .NET {Tally(claims.Select(claim => claim.DotNet))}; in CPython {Tally(claims.Select(claim => claim.CPython))}.";

    /// <summary>Which claims were asked for and not reached; null if none.</summary>
    public static string? NotMeasured(ClaimsDocument document)
    {
        string[] missing = [.. document.Spec.Only.Except(document.Claims.Select(claim => claim.Id))];
        return missing.Length == 0 ? null : $"Not measured: {string.Join(", ", missing)}.";
    }

    /// <summary>
    /// What was measured, how long that took and what else the processors did, e.g. <c>CPython 3.11.7, measured in 2.1 s, while others used
    /// 4 % of the processors</c>.
    /// </summary>
    public static string Measurement(ClaimEvidence evidence) =>
        evidence.Runtime.Length == 0 ? "" : $"{evidence.Runtime}, measured in {Figures.Count(Math.Round(evidence.Seconds, 1))} s{Load(evidence)}";

    private static string Load(ClaimEvidence evidence) => evidence.Load is { CapacityMs: > 0 }
        ? $", while others used {Figures.Count(Math.Round(100 * evidence.ShareOfOthers))} % of the processors"
        : "";

    private static string Tally(IEnumerable<ClaimEvidence> evidence)
    {
        string[] counts =
        [
            .. evidence.CountBy(Verdict).OrderByDescending(count => count.Value).Select(count => $"{count.Value} {Verb(count.Key, count.Value)}"),
        ];
        return counts.Length == 1 ? counts[0] : $"{string.Join(", ", counts[..^1])} and {counts[^1]}";
    }

    private static string Verb(string verdict, int count) => (verdict, count) switch
    {
        ("failed", _) => "failed",
        ("holds", > 1) => "hold",
        ("does not hold", > 1) => "do not hold",
        ("holds" or "does not hold", _) => verdict,
        (_, 1) => $"is {verdict}",
        _ => $"are {verdict}",
    };

    private static string AsSentence(string text) => $"{Capital.Of(text)}{(text.EndsWith('.') ? "" : ".")}";

    private static string Bound(ClaimCriterion criterion) =>
        criterion.Bound.ToString("#,##0.######", CultureInfo.InvariantCulture);
}
