using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>Tasks computed something else under one model than under the baseline.</summary>
public sealed class ChecksumMismatchRule : IFindingRule
{
    public IEnumerable<Finding> Evaluate(ExperimentDocument document) =>
        from run in document.Runs
        where run.Mismatches > 0
        group run by run.Kind into wrong
        select new Finding(
            "checksum-mismatch",
            FindingSeverity.Warning,
            $"In {wrong.Key}, {Counted.Of(wrong.Sum(run => run.Mismatches), "task")} computed something else than the baseline, first in run {wrong.First().RunId}. "
            + "Give shared state a lock, or make it the same work everywhere. The runs are left out of every figure.");
}
