using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>More threads or processes than processors compute at once.</summary>
public sealed class DegreeAboveCoresRule : IFindingRule
{
    public IEnumerable<Finding> Evaluate(ExperimentDocument document) =>
        from kind in WorkloadProfile.ByKind(document)
        let model = KnownModels.Get(kind.Key.Model)
        let degree = Math.Min(kind.First().Degree, kind.First().Tasks)
        where degree > document.Environment.Processors
            && model.ComputesInParallel
            // A host of a fan-out waits until it is handed the next activity: meanwhile others may compute.
            && model.Dispatch != TaskDispatch.Activity
            // Hosts are on this machine on the local engine only.
            && (!model.RunsOnHosts || document.Environment.Engine == EngineNames.Local)
            && kind.First().Nature == WorkloadNature.CpuBound
        select new Finding(
            "degree-above-cores",
            FindingSeverity.Info,
            $"In {kind.Key}, {degree} {(model.Dispatch == TaskDispatch.ActivityBatch ? "hosts" : "tasks")} that compute share {Counted.Of(document.Environment.Processors, "processor")}: "
            + $"taking turns costs switches and memory and gains nothing. Use a degree of at most {document.Environment.Processors}.");
}
