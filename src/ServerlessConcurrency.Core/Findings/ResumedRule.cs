using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>The experiment was interrupted and went on later.</summary>
public sealed class ResumedRule : IFindingRule
{
    public IEnumerable<Finding> Evaluate(ExperimentDocument document)
    {
        foreach (Resumption resumption in document.Resumptions ?? [])
        {
            yield return new Finding(
                "resumed",
                FindingSeverity.Info,
                FormattableString.Invariant($"The experiment was interrupted and went on at {resumption.At.UtcDateTime:u}, after {Counted.Of(resumption.RunsKept, "run")}. What else the machine did may have changed meanwhile; rounds are compared within themselves."));
        }
    }
}
