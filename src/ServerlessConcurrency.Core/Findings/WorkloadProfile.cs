using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Experiments;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>What the measured runs of an experiment tell of its workloads, for rules that depend on their nature.</summary>
internal static class WorkloadProfile
{
    /// <summary>The part of its time in which a task computes: processor time by wall time of the sequential runs.</summary>
    /// <returns>0 (waits) to about 1 (computes); null where no sequential run tells.</returns>
    public static double? ComputeShare(ExperimentDocument document, string workload, long size)
    {
        double[] shares =
        [
            .. document.Runs
                .Where(run => run.IsValid && run.Workload == workload && run.Size == size && run.Model == SequentialModel.ModelId)
                .Select(ComputeShare).OfType<double>(),
        ];
        return shares.Length == 0 ? null : shares.Median();
    }

    /// <summary>The processor time of a run by its wall time; null where one is unknown.</summary>
    public static double? ComputeShare(RunResult run) => run.WallMs > 0 ? run.CpuMs / run.WallMs : null;

    /// <summary>The valid runs of an experiment by workload, size and model.</summary>
    public static IEnumerable<IGrouping<RunKind, RunResult>> ByKind(ExperimentDocument document) =>
        document.Runs.Where(run => run.IsValid).GroupBy(run => new RunKind(run.Workload, run.Size, run.Model));
}
