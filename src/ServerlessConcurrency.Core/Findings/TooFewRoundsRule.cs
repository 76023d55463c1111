using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>Too few rounds for a 95 % confidence interval, or for any difference to be significant among so many comparisons.</summary>
public sealed class TooFewRoundsRule : IFindingRule
{
    public IEnumerable<Finding> Evaluate(ExperimentDocument document)
    {
        int rounds = document.Analysis.Select(model => model.Rounds).DefaultIfEmpty(MedianInterval.SmallestSample).Min();
        int comparisons = document.Analysis.Count(model => model.Verdict is not (null or Verdict.Baseline));
        int needed = DecisiveRounds.Fewest(comparisons);
        if (rounds < MedianInterval.SmallestSample)
        {
            double coverage = MedianInterval.Of(Enumerable.Repeat(1.0, rounds)).Coverage;
            yield return Few(
                FormattableString.Invariant($"with {rounds} valid round(s) the intervals cover the median with {coverage:0.0%}, not 95 %"), needed);
        }
        else if (rounds < needed)
        {
            yield return Few(
                FormattableString.Invariant($"with {rounds} rounds and {comparisons} comparisons no difference can be significant once it is corrected for their number"),
                needed);
        }
    }

    private static Finding Few(string what, int needed) => new(
        "too-few-rounds", FindingSeverity.Warning, FormattableString.Invariant($"{what}; measure {needed} rounds or more"));
}
