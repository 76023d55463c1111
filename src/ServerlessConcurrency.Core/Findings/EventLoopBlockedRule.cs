using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>Tasks computed on the event loop, which kept all others waiting.</summary>
public sealed class EventLoopBlockedRule : IFindingRule
{
    private const double Blocks = 0.5;

    public IEnumerable<Finding> Evaluate(ExperimentDocument document) =>
        from kind in WorkloadProfile.ByKind(document)
        where KnownModels.Get(kind.Key.Model) is { IsSingleThreaded: true, Wait: TaskWait.Awaits } && kind.First().Tasks > 1
        // Processor time is that of the whole process: where others of its threads compute beside the loop, it is more than the wall time.
        let shares = kind.Select(WorkloadProfile.ComputeShare).OfType<double>().ToArray()
        let share = shares.Length == 0 ? (double?)null : Math.Min(1, shares.Median())
        where share >= Blocks || kind.First().Nature == WorkloadNature.CpuBound
        select new Finding(
            "event-loop-blocked",
            FindingSeverity.Info,
            FormattableString.Invariant($"In {kind.Key}, the loop's thread computed{(share is null ? "" : FormattableString.Invariant($" for {share:0 %} of the time"))}, and no other task went on meanwhile. ")
            + (IsRecommended(document, kind.Key)
                ? "It is recommended all the same, as no other model measured is faster; with larger tasks that may change."
                : "Move what computes to the thread pool (model async) or to processes."));

    private static bool IsRecommended(ExperimentDocument document, RunKind kind) => document.Recommendation.Any(
        recommendation => recommendation.Workload == kind.Workload && recommendation.Size == kind.Size && recommendation.Model == kind.Model);
}
