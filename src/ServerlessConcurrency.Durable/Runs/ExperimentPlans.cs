using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Workloads;

namespace ServerlessConcurrency.Durable.Runs;

/// <summary>The plans of experiments that orchestrations walk.</summary>
internal static class ExperimentPlans
{
    private static readonly WorkloadCatalog Workloads = EveryWorkload.Create(new WorkloadEnvironment());

    /// <summary>The plan of an experiment; the same on every host, and whenever an orchestration is replayed.</summary>
    public static ExperimentPlan Of(ExperimentDocument document) =>
        new(document.Spec, Workloads, KnownModels.All, document.Environment.Processors);
}
