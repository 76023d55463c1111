using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Analysis;

/// <summary>What the runs of an experiment tell of the machine: how much of it others used meanwhile, and whether its speed changed.</summary>
/// <param name="Steal">The part of the processors' time that the hypervisor gave to other virtual machines, 0 to 1.</param>
/// <param name="Others">The part of the processors' time that other programs used while <c>sequential</c> ran, 0 to 1.</param>
/// <param name="Drift">How the speed of <c>sequential</c> changed from round to round.</param>
public sealed record MachineControls(double Steal, double Others, Trend Drift)
{
    // What these and those that send storage requests talk to works for the experiment, in processes that are not its own.
    private static readonly string[] Served =
        [.. BuiltInWorkloads.Create(new WorkloadEnvironment()).Where(workload => workload.NeedsServer).Select(workload => workload.Kind)];

    /// <summary>Other programs that use more of the processors than this leave every decision in doubt.</summary>
    public const double DoubtfulOthers = 0.25;

    /// <summary>Steal time above this part of the processors' time leaves every decision in doubt.</summary>
    public const double DoubtfulSteal = 0.05;

    private const double DoubtfulDrift = 0.25;

    // The system counts in ticks of 10 ms: of less than two of them it tells nothing.
    private const double LeastCapacityMs = 20;

    /// <summary>Whether the times say more of the machine than of the models: others used half of it, or a fifth was taken away.</summary>
    public bool AreHopeless => Others > 0.5 || Steal > 0.2;

    /// <summary>Whether nothing is to be decided by the times: others used a quarter of the machine, a twentieth was taken away, or its speed changed by a quarter.</summary>
    public bool AreDoubtful => Others > DoubtfulOthers || Steal > DoubtfulSteal || HasDrifted(DoubtfulDrift);

    /// <summary>Whether the machine is shown to have become faster or slower by more than this part.</summary>
    public bool HasDrifted(double tolerance) => Drift.PValue < Decision.Level && Math.Abs(Drift.TotalChange) > tolerance;

    public static MachineControls Of(IReadOnlyList<RunResult> runs)
    {
        RunResult[] sequential = [.. runs.Where(run => run.Model == SequentialModel.ModelId)];
        return new MachineControls(
            Share(runs, load => load.StealMs),
            Share(sequential.Where(run => !Served.Contains(run.Workload) && run.StorageRequests is not { Blobs: > 0 }), load => load.OtherCpuMs),
            Trend.Of(Speeds(sequential)));
    }

    private static double Share(IEnumerable<RunResult> runs, Func<MachineLoad, double> used)
    {
        MachineLoad[] loads = [.. runs.Select(run => run.Load).OfType<MachineLoad>().Where(load => load.CapacityMs >= LeastCapacityMs)];
        double capacity = loads.Sum(load => load.CapacityMs);
        return capacity > 0 ? Math.Min(1, loads.Sum(used) / capacity) : 0;
    }

    // Waiting takes as long on a slow machine. For each round the median, over the workloads that compute, of the wall time relative to that workload's median.
    private static double[] Speeds(RunResult[] sequential) =>
    [
        .. sequential
            .Where(run => run.IsValid && run.Nature == WorkloadNature.CpuBound)
            .GroupBy(run => (run.Workload, run.Size))
            .SelectMany(workload =>
            {
                double median = workload.Select(run => run.WallMs).Median();
                return workload.Select(run => (run.Round, Speed: run.WallMs / median));
            })
            .GroupBy(run => run.Round)
            .OrderBy(round => round.Key)
            .Select(round => round.Select(run => run.Speed).Median()),
    ];
}
