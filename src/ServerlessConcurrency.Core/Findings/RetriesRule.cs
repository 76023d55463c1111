using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>Tasks had to be tried again: a process was lost, or a message was delivered twice.</summary>
public sealed class RetriesRule : IFindingRule
{
    public IEnumerable<Finding> Evaluate(ExperimentDocument document) =>
        from run in document.Runs
        where run.Retried > 0
        group run by run.Model into retried
        select new Finding(
            "retries",
            FindingSeverity.Warning,
            $"Under {retried.Key}, tasks took {Counted.Of(retried.Sum(run => run.Retried), "attempt")} more than one each ({FindingWords.First(retried)}). "
            + "The wall times of these runs include them.");
}
