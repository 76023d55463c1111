using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>The runs of an experiment as rules look at them.</summary>
internal static class WorkloadProfile
{
    /// <summary>The valid runs of an experiment by workload, size and model.</summary>
    public static IEnumerable<IGrouping<RunKind, RunResult>> ByKind(ExperimentDocument document) =>
        document.Runs.Where(run => run.IsValid).GroupBy(run => run.Kind);

    /// <summary>The part of its time in which a run computed: processor time by wall time; null where it is unknown.</summary>
    public static double? ComputeShare(RunResult run) => run.WallMs > 0 ? run.CpuMs / run.WallMs : null;
}
