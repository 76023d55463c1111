using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>Too few rounds for a 95 % confidence interval.</summary>
public sealed class TooFewRoundsRule : IFindingRule
{
    public IEnumerable<Finding> Evaluate(ExperimentDocument document)
    {
        ModelAnalysis[] few = [.. document.Analysis.Where(model => model.Rounds < MedianInterval.SmallestSample).OrderBy(model => model.Rounds)];
        if (few.Length == 0)
            yield break;
        double coverage = MedianInterval.Of(Enumerable.Repeat(1.0, few[0].Rounds)).Coverage;
        (string from, string least) = few[0].Rounds == few[^1].Rounds ? ("", "") : (FormattableString.Invariant($"{few[0].Rounds} to "), "as little as ");
        // Those of all are meant unless some are named.
        string which = few.Length == document.Analysis.Count ? "" : $" of {few[0].Kind}{(few.Length == 1 ? "" : FormattableString.Invariant($" and {few.Length - 1} more"))}";
        yield return new Finding(
            "too-few-rounds",
            FindingSeverity.Warning,
            FormattableString.Invariant($"With {from}{Counted.Of(few[^1].Rounds, "valid round")} the intervals{which} cover the median with {least}{coverage:0.0 %}, not 95 %. ")
            + FormattableString.Invariant($"Measure {MedianInterval.SmallestSample} rounds or more."));
    }
}
