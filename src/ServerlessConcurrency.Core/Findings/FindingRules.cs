using ServerlessConcurrency.Core.Experiments;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>Every rule. A new one is registered here.</summary>
public static class FindingRules
{
    private static readonly IFindingRule[] All =
    [
        new InvalidRunsRule(),
        new NoBaselineRule(),
        new TooFewRoundsRule(),
        new PrecisionNotReachedRule(),
        new RetriesRule(),
    ];

    /// <summary>Evaluates every rule.</summary>
    /// <param name="document">The experiment with its analysis.</param>
    /// <returns>The findings, warnings first.</returns>
    public static IReadOnlyList<Finding> Evaluate(ExperimentDocument document) =>
        [.. All.SelectMany(rule => rule.Evaluate(document)).OrderByDescending(finding => finding.Severity)];
}
