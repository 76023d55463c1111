using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
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
            else if (LacksBaseline(document, workload))
            {
                yield return new Finding(
                    "not-compared",
                    FindingSeverity.Warning,
                    $"No run of sequential succeeded in {workload.Kind} {workload.Size}: whether the others computed the same was not checked. See why it failed, and measure again.");
            }
        }
    }

    // The first run of sequential in which every task succeeded is what all others are compared with.
    private static bool LacksBaseline(ExperimentDocument document, WorkloadSpec workload)
    {
        RunResult[] runs = [.. document.Runs.Where(run => (run.Workload, run.Size) == (workload.Kind, workload.Size))];
        return document.Spec.Models.Contains(SequentialModel.ModelId)
            && runs.Any(run => run.IsValid)
            && !Array.Exists(runs, run => run.Model == SequentialModel.ModelId && run.Failed == run.Mismatches);
    }
}
