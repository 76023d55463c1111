using System.Text.Json.Serialization;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Claims;

/// <summary>What was measured of a claim on one side, .NET or CPython, and the verdict that follows from it.</summary>
public sealed record ClaimEvidence
{
    /// <summary>
    /// Up to this share of the processors may be used by others: of two processors it leaves one and a half, enough to tell a speed-up
    /// from none.
    /// </summary>
    public const double LoadTolerance = 0.25;

    /// <summary>The runtime that was measured, e.g. <c>.NET 10.0.12</c> or <c>CPython 3.11.7</c>.</summary>
    public string Runtime { get; init; } = "";

    public required ClaimVerdict Verdict { get; init; }

    /// <summary>Why it could not be measured, or not be decided; null where the criteria decide.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the measurement was begun and broke off with an error, which is the reason.</summary>
    public bool Failed { get; init; }

    /// <summary>The conditions under which the claim holds, the most important first.</summary>
    public IReadOnlyList<ClaimCriterion> Criteria { get; init; } = [];

    /// <summary>Everything that was measured, in the order of the charts.</summary>
    public IReadOnlyList<ClaimFigure> Figures { get; init; } = [];

    /// <summary>What else a reader should know, e.g. which part could not be measured here, and why.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>How long the measurement took, in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>What the processors did for others meanwhile; null where the system does not tell.</summary>
    public MachineLoad? Load { get; init; }

    /// <summary>Which share of the processors others used meanwhile, 0 to 1; 0 where the system does not tell.</summary>
    [JsonIgnore]
    public double ShareOfOthers => Load is { CapacityMs: > 0 } load ? (load.OtherCpuMs + load.StealMs) / load.CapacityMs : 0;

    /// <summary>
    /// The criterion that decided: the first that is not met, else the first that is inconclusive, else the first; null without any.
    /// </summary>
    public ClaimCriterion? Decisive => Criteria.FirstOrDefault(criterion => criterion.Outcome == Verdict) ?? (Criteria.Count > 0 ? Criteria[0] : null);

    /// <summary>
    /// Draws the verdict from criteria: holds where all are met, does not hold where one is not met, else inconclusive. That all have
    /// to be met needs no correction for their number (an intersection-union test: Berger, "Multiparameter Hypothesis Testing and
    /// Acceptance Sampling", Technometrics 24, 1982).
    /// </summary>
    /// <param name="criteria">The conditions, the most important first; one or more.</param>
    /// <exception cref="ArgumentException">There is no criterion.</exception>
    public static ClaimEvidence Decide(
        IReadOnlyList<ClaimCriterion> criteria, IReadOnlyList<ClaimFigure> figures, params IReadOnlyList<string> remarks)
    {
        if (criteria.Count == 0)
            throw new ArgumentException("a verdict needs at least one criterion", nameof(criteria));
        return new ClaimEvidence { Verdict = VerdictOf(criteria), Criteria = criteria, Figures = figures, Remarks = remarks };
    }

    /// <summary>
    /// Adds what the processors did for others while it was measured. Where others used more than <see cref="LoadTolerance"/> of them,
    /// criteria on several processors are left undecided: work in parallel is no faster where there is nothing to run on.
    /// </summary>
    /// <param name="load">What they did; null where the system does not tell.</param>
    public ClaimEvidence Under(MachineLoad? load)
    {
        ClaimEvidence loaded = this with { Load = load };
        if (loaded.ShareOfOthers <= LoadTolerance || !Criteria.Any(criterion => criterion.NeedsProcessors))
            return loaded;
        ClaimCriterion[] left = [.. Criteria.Select(criterion => criterion.NeedsProcessors ? criterion.Withheld() : criterion)];
        ClaimVerdict verdict = VerdictOf(left);
        return loaded with
        {
            Criteria = left,
            Verdict = verdict,
            Reason = verdict != ClaimVerdict.Inconclusive ? Reason : FormattableString.Invariant(
                $"others used {100 * loaded.ShareOfOthers:0} % of the processors meanwhile; measure again when they have ended"),
        };
    }

    /// <summary>Says that it cannot be measured here.</summary>
    /// <param name="reason">Why, and what it would take.</param>
    public static ClaimEvidence NotMeasurable(string reason) => new() { Verdict = ClaimVerdict.NotMeasurable, Reason = reason };

    private static ClaimVerdict VerdictOf(IReadOnlyList<ClaimCriterion> criteria) =>
        criteria.Any(criterion => criterion.Outcome == ClaimVerdict.DoesNotHold) ? ClaimVerdict.DoesNotHold
        : criteria.All(criterion => criterion.Outcome == ClaimVerdict.Holds) ? ClaimVerdict.Holds
        : ClaimVerdict.Inconclusive;
}
