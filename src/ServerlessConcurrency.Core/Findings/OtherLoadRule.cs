using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>Other programs, or other virtual machines, used the processors while the experiment was measured.</summary>
public sealed class OtherLoadRule : IFindingRule
{
    /// <summary>Steal time up to this part of the machine's capacity is not worth a finding: 1 %.</summary>
    public const double StealTolerance = 0.01;

    /// <summary>Other programs' processor time up to this part of the machine's capacity is not worth a finding: 10 %.</summary>
    public const double OtherTolerance = 0.1;

    // What these and those that send storage requests talk to works for the experiment, in processes that are not its own.
    private static readonly string[] Served =
        [.. BuiltInWorkloads.Create(new WorkloadEnvironment()).Where(workload => workload.NeedsServer).Select(workload => workload.Kind)];

    public IEnumerable<Finding> Evaluate(ExperimentDocument document)
    {
        MachineLoad[] all = [.. document.Runs.Select(run => run.Load).OfType<MachineLoad>()];
        double steal = Share(all, load => load.StealMs);
        if (steal > StealTolerance)
        {
            yield return new Finding(
                "steal-time",
                FindingSeverity.Warning,
                FormattableString.Invariant($"the hypervisor took {steal:0.0%} of the processors' time away for other virtual machines: ")
                + "wall times include that; measure again, or on a machine of its own");
        }

        MachineLoad[] sequential =
        [
            .. document.Runs
                .Where(run => run.Model == SequentialModel.ModelId && !Served.Contains(run.Workload) && run.StorageRequests is not { Blobs: > 0 })
                .Select(run => run.Load).OfType<MachineLoad>(),
        ];
        double other = Share(sequential, load => load.OtherCpuMs);
        if (other > OtherTolerance)
        {
            yield return new Finding(
                "other-load",
                FindingSeverity.Warning,
                FormattableString.Invariant($"other programs used {other:0%} of the machine's processor time while sequential ran: ")
                + "end them and measure again; models that use more processors suffer more");
        }
    }

    private static double Share(MachineLoad[] loads, Func<MachineLoad, double> used)
    {
        double capacity = loads.Sum(load => load.CapacityMs);
        return capacity > 0 ? loads.Sum(used) / capacity : 0;
    }
}
