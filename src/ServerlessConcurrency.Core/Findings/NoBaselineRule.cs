using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>The spec leaves <c>sequential</c> out, so that nothing can be compared with it.</summary>
public sealed class NoBaselineRule : IFindingRule
{
    public IEnumerable<Finding> Evaluate(ExperimentDocument document)
    {
        if (!document.Spec.Models.Contains(SequentialModel.ModelId))
        {
            yield return new Finding(
                "no-baseline",
                FindingSeverity.Info,
                "The spec leaves out the model sequential, so there are no speed-ups. Set driftReference to true, or leave it out, to get them.");
        }
    }
}
