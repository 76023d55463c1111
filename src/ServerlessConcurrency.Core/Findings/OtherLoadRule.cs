using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>Other programs, or other virtual machines, used the processors while the experiment was measured.</summary>
public sealed class OtherLoadRule : IFindingRule
{
    /// <summary>Steal time up to this part of the machine's capacity is not worth a finding: 1 %.</summary>
    public const double StealTolerance = 0.01;

    /// <summary>Other programs' processor time up to this part of the machine's capacity is not worth a finding: 10 %.</summary>
    public const double OtherTolerance = 0.1;

    public IEnumerable<Finding> Evaluate(ExperimentDocument document)
    {
        var machine = MachineControls.Of(document.Runs);
        if (machine.Steal > StealTolerance)
        {
            yield return new Finding(
                "steal-time",
                FindingSeverity.Warning,
                FormattableString.Invariant($"The hypervisor took {machine.Steal:0.0 %} of the processors' time away for other virtual machines: ")
                + "the times include that. Measure again, or on a machine of its own.");
        }

        if (machine.Others > OtherTolerance)
        {
            yield return new Finding(
                "other-load",
                FindingSeverity.Warning,
                FormattableString.Invariant($"Other programs used {machine.Others:0 %} of the processors while sequential ran: ")
                + "models that use more processors suffer more. Close them and measure again.");
        }
    }
}
