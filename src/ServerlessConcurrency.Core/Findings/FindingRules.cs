using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>Every rule. A new one is registered here.</summary>
public static class FindingRules
{
    private static readonly IFindingRule[] All =
    [
        new UnoptimisedCodeRule(),
        new InvalidRunsRule(),
        new ChecksumMismatchRule(),
        new UncomparedResultsRule(),
        new PoisonMessagesRule(),
        new HostLostRule(),
        new RetriesRule(),
        new ActivitiesRepeatedRule(),
        new ResumedRule(),
        new AppUpdatedRule(),
        new MachineDriftRule(),
        new OtherLoadRule(),
        new FewerCoresRule(),
        new NoBaselineRule(),
        new TooFewRoundsRule(),
        new PrecisionNotReachedRule(),
        new OutliersRule(),
        new OneHostRule(),
        new HostsArriveLateRule(),
        new OrchestrationStartRule(),
        new QueueWaitRule(),
        new LongHistoryRule(),
        new TasksTooSmallRule(),
        new ProcessStartRule(),
        new DegreeAboveCoresRule(),
        new UnequalConcurrencyRule(),
        new EventLoopBlockedRule(),
        new ThreadPoolStarvationRule(),
    ];

    /// <returns>The findings, warnings first.</returns>
    public static IReadOnlyList<Finding> Evaluate(MeasurementDocument document) => document is ExperimentDocument experiment
        ? [.. All.SelectMany(rule => rule.Evaluate(experiment)).OrderByDescending(finding => finding.Severity)]
        : [.. UnoptimisedCodeRule.Evaluate(document.Environment)];
}
