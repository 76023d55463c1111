using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>Runs that lie far from the others of their kind.</summary>
public sealed class OutliersRule : IFindingRule
{
    public IEnumerable<Finding> Evaluate(ExperimentDocument document)
    {
        string[] outliers = [.. document.Analysis.SelectMany(model => model.Outliers)];
        if (outliers.Length == 0)
            yield break;
        yield return new Finding(
            "outliers",
            FindingSeverity.Info,
            $"Far from the others of {(outliers.Length == 1 ? "its kind (Tukey's fences) lies" : "their kind (Tukey's fences) lie")} {outliers.Length} of {Counted.Of(document.Runs.Count, "run")}: {FindingWords.First(outliers)}. "
            + $"{(outliers.Length == 1 ? "It is" : "They are")} kept in every figure.");
    }
}
