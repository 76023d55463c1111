using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>The rounds or the time budget ended before every interval was as tight as the spec asks.</summary>
public sealed class PrecisionNotReachedRule : IFindingRule
{
    public IEnumerable<Finding> Evaluate(ExperimentDocument document) =>
        from model in document.Analysis
        where document.Spec.Precision is { } precision && !Precision.IsReached(model, precision)
        select new Finding(
            "precision-not-reached",
            FindingSeverity.Warning,
            FormattableString.Invariant($"{model.Workload} {model.Size} under {model.Model}: the wider of its intervals is within ")
            + FormattableString.Invariant($"{Precision.Of(model):0.0##%} after {model.Rounds} rounds, not within {document.Spec.Precision:0.0##%}"));
}
