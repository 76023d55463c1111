using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>That all models computed the same could not be checked, because there is nothing to compare.</summary>
public sealed class UncomparedResultsRule : IFindingRule
{
    public IEnumerable<Finding> Evaluate(ExperimentDocument document)
    {
        foreach (WorkloadSpec workload in document.Spec.Workloads)
        {
            if (workload.Results == TaskResults.None)
            {
                yield return new Finding(
                    "no-results",
                    FindingSeverity.Info,
                    $"The method of {workload.Kind} returns nothing: whether every model computed the same was not checked. Return a value that depends on what was computed.");
            }
            else if (workload.Results == TaskResults.NotDeterministic)
            {
                yield return new Finding(
                    "not-deterministic",
                    FindingSeverity.Warning,
                    $"The same task of {workload.Kind} {workload.Size} had two results: whether every model computed the same was not checked. "
                    + "Let the result depend on the item and the seed alone.");
            }
        }
    }
}
