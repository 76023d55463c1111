using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>Activities were executed once more although their results were not needed: Durable executes an activity at least once.</summary>
public sealed class ActivitiesRepeatedRule : IFindingRule
{
    public IEnumerable<Finding> Evaluate(ExperimentDocument document) =>
        from run in document.Runs
        where run.ActivitiesRepeated > 0
        group run by run.Kind into repeated
        let count = repeated.Sum(run => run.ActivitiesRepeated)
        select new Finding(
            "activities-repeated",
            FindingSeverity.Warning,
            FormattableString.Invariant($"In {repeated.Key}, {Counted.Of(count, "activity", "activities")} ran again ({FindingWords.First(repeated)}): ")
            + "a host was lost or overdue (visibility timeout), or two apps share the hub. Results count once.");
}
