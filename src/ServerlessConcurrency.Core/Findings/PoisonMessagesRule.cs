using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>Tasks that were given up after their last delivery.</summary>
public sealed class PoisonMessagesRule : IFindingRule
{
    public IEnumerable<Finding> Evaluate(ExperimentDocument document) =>
        from run in document.Runs
        where run.PoisonMessages > 0
        group run by run.Kind into poisoned
        select new Finding(
            "poison-messages",
            FindingSeverity.Warning,
            FindingWords.WithError(
                $"In {poisoned.Key}, {Counted.Of(poisoned.Sum(run => run.PoisonMessages), "task failed at every delivery and is", "tasks failed at every delivery and are")} in the poison queue ({FindingWords.First(poisoned)}).",
                poisoned.First().Error));
}
