using ServerlessConcurrency.Core.Documents;

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
            FormattableString.Invariant($"{lost.Key}: {lost.Sum(run => run.ProcessesLost)} process(es) ended in the middle of run(s) ")
            + $"{string.Join(", ", lost.Select(run => run.RunId))}; their tasks were given to others, and the wall times include that: "
            + "where a task outlived taskTimeoutSeconds (outcome timed-out in the timings), allow it more time; "
            + "else look for memory limits, crashes, or a platform that scales in");
}
