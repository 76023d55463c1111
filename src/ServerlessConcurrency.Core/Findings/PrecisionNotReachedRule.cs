using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Experiments;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>The rounds or the time budget ended before every interval was as tight as the spec asks.</summary>
public sealed class PrecisionNotReachedRule : IFindingRule
{
    /// <inheritdoc/>
    public IEnumerable<Finding> Evaluate(ExperimentDocument document) =>
        from model in document.Analysis
        where document.Spec.Precision is { } precision && !Precision.IsReached(model, precision)
        let reached = (model.CiHighMs - model.CiLowMs) / 2 / model.MedianMs
        select new Finding(
            "precision-not-reached",
            FindingSeverity.Warning,
            FormattableString.Invariant($"{model.Workload} {model.Size} under {model.Model}: the interval is within {reached:0.0%} of the ")
            + FormattableString.Invariant($"median after {model.Rounds} rounds, not within {document.Spec.Precision:0.0%}"));
}
