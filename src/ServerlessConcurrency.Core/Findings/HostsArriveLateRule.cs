using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>Fewer hosts than in the end executed the first half of a run, or more of it.</summary>
public sealed class HostsArriveLateRule : IFindingRule
{
    private const double Late = 0.5;
    private const double ShortestMs = 1_000;

    public IEnumerable<Finding> Evaluate(ExperimentDocument document) =>
        from kind in WorkloadProfile.ByKind(document)
        let model = KnownModels.Get(kind.Key.Model)
        // A cold start has the start of its hosts in it.
        where model.RunsOnHosts && !document.Spec.ColdStart
        // A host that takes the place of a lost one comes late for another reason.
        let runs = kind.Where(run => run is { ProcessesLost: 0, HostsFromMs.Count: > 1 }).OrderBy(Share).ToArray()
        where 2 * runs.Length > kind.Count()
        let last = runs.Select(run => run.HostsFromMs![^1]).Median()
        where last >= ShortestMs && runs.Select(Share).Median() > Late
        let typical = runs[runs.Length / 2]
        select new Finding(
            "hosts-arrive-late",
            FindingSeverity.Info,
            $"In {kind.Key}, hosts came late: {HostArrivals.Describe(typical.HostsFromMs!)}, of {FindingWords.Seconds(typical.WallMs)}. Longer runs gain more from them"
            + (document.Environment.Engine == EngineNames.Local ? "." : $", or keep as many ready as the degree ({Setting(model)}, docs/deploy.md)."));

    private static double Share(RunResult run) => run.WallMs > 0 ? run.HostsFromMs![^1] / run.WallMs : 0;

    private static string Setting(ModelTraits model) => model.NeedsQueue ? "ALWAYS_READY_QUEUE_INSTANCES" : "ALWAYS_READY_DURABLE_INSTANCES";
}
