using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>The program may use fewer processors than the machine has, or less of them than their number says.</summary>
public sealed class FewerCoresRule : IFindingRule
{
    public IEnumerable<Finding> Evaluate(ExperimentDocument document)
    {
        int processors = document.Environment.Processors;
        if (document.Environment.Limits is not { } limits)
            yield break;
        if (limits.Quota < processors)
        {
            yield return new Finding(
                "cpu-quota",
                FindingSeverity.Warning,
                FormattableString.Invariant($"The container may use {limits.Quota:0.##} processors, but .NET and the default degrees assume {processors}: ")
                + "threads that compute are stopped when the quota is used up. Set the degree by hand, or raise the quota.");
        }

        if (processors < limits.Machine)
        {
            yield return new Finding(
                "fewer-cores",
                FindingSeverity.Info,
                FormattableString.Invariant($"The program used {processors} of the machine's {limits.Machine} processors ({Reason(limits, processors)}): ")
                + "speed-ups are those of this number.");
        }
    }

    private static string Reason(ProcessorLimits limits, int processors) =>
        limits.Affinity <= processors ? "pinned to them"
        : limits.Quota is not null ? "by the container's quota"
        : "by a setting of .NET";
}
