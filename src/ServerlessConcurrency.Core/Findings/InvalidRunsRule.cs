using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>Runs in which a task failed or computed something else than the baseline did.</summary>
public sealed class InvalidRunsRule : IFindingRule
{
    public IEnumerable<Finding> Evaluate(ExperimentDocument document) =>
        from run in document.Runs
        where !run.IsValid && run.Failed != run.Mismatches
        group run by run.Kind into invalid
        select new Finding(
            "invalid-runs",
            FindingSeverity.Warning,
            FindingWords.WithError($"In {invalid.Key}, {Counted.Of(invalid.Count(), "run failed and counts", "runs failed and count")} in no figure.", invalid.First().Error));
}
