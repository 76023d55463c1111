using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>The machine became faster or slower from round to round, as the runs of <c>sequential</c> show.</summary>
public sealed class MachineDriftRule : IFindingRule
{
    /// <summary>A change below this, from the first round to the last, is not worth a finding: 5 %.</summary>
    public const double Tolerance = 0.05;

    public IEnumerable<Finding> Evaluate(ExperimentDocument document)
    {
        var machine = MachineControls.Of(document.Runs);
        if (machine.HasDrifted(Tolerance))
        {
            Trend drift = machine.Drift;
            yield return new Finding(
                "machine-drift",
                FindingSeverity.Warning,
                FormattableString.Invariant($"The machine became {Math.Abs(drift.TotalChange):0.0 %} {(drift.TotalChange > 0 ? "slower" : "faster")} from the first round to ")
                + FormattableString.Invariant($"the last (Mann-Kendall p {(drift.PValue < 0.001 ? "<" : "=")} {Math.Max(drift.PValue, 0.001):0.000}). Speed-ups compare runs of the same round and bear it; median times do not. ")
                + "Let it cool down or stop other work, and measure again.");
        }
    }
}
