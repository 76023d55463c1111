using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>A process ended in the middle of a run.</summary>
public sealed class HostLostRule : IFindingRule
{
    public IEnumerable<Finding> Evaluate(ExperimentDocument document) =>
        from run in document.Runs
        where run.ProcessesLost > 0
        group run by run.Kind into lost
        select new Finding(
            "host-lost",
            FindingSeverity.Warning,
            $"In {lost.Key}, {Counted.Of(lost.Sum(run => run.ProcessesLost), "process")} ended in mid-run ({FindingWords.First(lost)}), which wall times include. "
            + "Raise taskTimeoutSeconds if tasks timed out; else look for memory limits or crashes.");
}
