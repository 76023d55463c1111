using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Workloads;

namespace ServerlessConcurrency.Durable.Runs;

/// <summary>The plans of experiments that orchestrations walk.</summary>
internal static class ExperimentPlans
{
    private static readonly WorkloadCatalog BuiltIn = EveryWorkload.Create(new WorkloadEnvironment());

    /// <summary>The plan of an experiment; the same on every host, and whenever an orchestration is replayed.</summary>
    public static ExperimentPlan Of(ExperimentDocument document) =>
        new(document.Spec with { Workloads = [.. document.Spec.Workloads.Select(Known)] }, BuiltIn, KnownModels.All, document.Environment.Processors);

    /// <summary>Whether a spec has users' workloads.</summary>
    public static bool HasOwnCode(ExperimentSpec spec) => spec.Workloads.Any(workload => !BuiltIn.TryGet(workload.Kind, out _));

    // One that ended before it was looked at has no runs whose degree would matter.
    private static WorkloadSpec Known(WorkloadSpec workload) =>
        BuiltIn.TryGet(workload.Kind, out _) ? workload : workload with { Nature = workload.Nature ?? WorkloadNature.Mixed };
}
