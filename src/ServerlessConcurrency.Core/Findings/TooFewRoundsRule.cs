using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>Too few rounds for a 95 % confidence interval.</summary>
public sealed class TooFewRoundsRule : IFindingRule
{
    public IEnumerable<Finding> Evaluate(ExperimentDocument document)
    {
        int rounds = document.Analysis.Select(model => model.Rounds).DefaultIfEmpty(MedianInterval.SmallestSample).Min();
        if (rounds >= MedianInterval.SmallestSample)
            yield break;
        double coverage = MedianInterval.Of(Enumerable.Repeat(1.0, rounds)).Coverage;
        yield return new Finding(
            "too-few-rounds",
            FindingSeverity.Warning,
            FormattableString.Invariant($"With {Counted.Of(rounds, "valid round")} the intervals cover the median with {coverage:0.0 %}, not 95 %. Measure {MedianInterval.SmallestSample} rounds or more."));
    }
}
