using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>Starting the processes of a run takes longer than the run.</summary>
public sealed class ProcessStartRule : IFindingRule
{
    public IEnumerable<Finding> Evaluate(ExperimentDocument document) =>
        from kind in WorkloadProfile.ByKind(document)
        let runs = kind.Where(run => run.ProcessStartMs is not null).ToArray()
        where runs.Length > 0
        let start = runs.Select(run => run.ProcessStartMs!.Value).Median()
        let wall = runs.Select(run => run.WallMs).Median()
        // A cold start is part of the wall time.
        let work = Math.Max(0, document.Spec.ColdStart ? wall - start : wall)
        where start > work
        select new Finding(
            "process-start-dominates",
            FindingSeverity.Info,
            $"In {kind.Key}, starting {Started(kind.Key.Model)} ({FindingWords.Milliseconds(start)}) takes {FindingWords.LongerThan(start, work)} the work ({FindingWords.Milliseconds(work)}). "
            + Advice(kind.Key.Model));

    private static string Started(string model) => KnownModels.Get(model) switch
    {
        { RunsOnHosts: true } => "the hosts",
        { FansOut: true } => "the processes",
        _ => "the process",
    };

    private static string Advice(string model) => KnownModels.Get(model) switch
    {
        { RunsOnHosts: true } => "Keep hosts running (in Azure, always-ready instances), or do without them for work of this size.",
        { FansOut: true } => "Keep the processes from one invocation to the next, or do without them for work of this size.",
        _ => "Keep it running (in Azure, always-ready instances), or give it more work at once.",
    };
}
