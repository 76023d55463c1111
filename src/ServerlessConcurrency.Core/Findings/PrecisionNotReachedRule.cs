using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Wording;

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
            FormattableString.Invariant($"In {model.Kind}, the wider interval is within {Precision.Of(model):0.0## %} of its median after ")
            + FormattableString.Invariant($"{Counted.Of(model.Rounds, "round")}, not within {document.Spec.Precision:0.0## %}. Measure more rounds, or on a calmer machine."));
}
