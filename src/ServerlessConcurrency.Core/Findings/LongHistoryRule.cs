using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>An orchestration became slower from task to task, as each of its steps replays a longer history.</summary>
public sealed class LongHistoryRule : IFindingRule
{
    private const double Times = 2;
    private const double LeastMs = 10;

    public IEnumerable<Finding> Evaluate(ExperimentDocument document) =>
        from kind in WorkloadProfile.ByKind(document)
        let runs = kind.Where(run => run.Turnaround is not null).ToArray()
        where runs.Length > 0
        let first = runs.Select(run => run.Turnaround!.FirstMs).Median()
        let last = runs.Select(run => run.Turnaround!.LastMs).Median()
        where last > Times * first && last > first + LeastMs
        select new Finding(
            "long-history",
            FindingSeverity.Info,
            $"In {kind.Key}, the next task is scheduled after {FindingWords.Milliseconds(last)} at a generation's end, {FindingWords.Milliseconds(first)} at its beginning: "
            + "steps replay a longer history. "
            + (document.Environment.Engine == EngineNames.Local
                ? "Put more work into each task."
                : "A smaller FanOut__TasksPerGeneration (default 250) starts over sooner."));
}
