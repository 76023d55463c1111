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
            model.Rounds < MedianInterval.SmallestSample
                ? FormattableString.Invariant($"In {model.Kind}, {Counted.Of(model.Rounds, "valid round is", "valid rounds are")} too few to tell whether the intervals are within {document.Spec.Precision:0.0## %}. ")
                    + FormattableString.Invariant($"Measure {MedianInterval.SmallestSample} rounds or more.")
                : FormattableString.Invariant($"In {model.Kind}, the wider interval is within {Precision.Of(model):0.0## %} of its median after ")
                    + FormattableString.Invariant($"{Counted.Of(model.Rounds, "round")}, not within {document.Spec.Precision:0.0## %}. Measure more rounds, or on a calmer machine."));
}
