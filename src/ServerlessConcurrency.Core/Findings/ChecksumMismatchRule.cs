using ServerlessConcurrency.Core.Documents;

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
            FormattableString.Invariant($"{wrong.Key}: {wrong.Sum(run => run.Mismatches)} task(s) computed something else than the baseline, ")
            + $"first in run {wrong.First().RunId}: tasks that share state need a lock, or the workload is not the same work everywhere; "
            + "the runs are left out of every figure");
}
