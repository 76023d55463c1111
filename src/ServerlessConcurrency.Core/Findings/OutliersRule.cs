using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>Runs that lie far from the others of their kind.</summary>
public sealed class OutliersRule : IFindingRule
{
    public IEnumerable<Finding> Evaluate(ExperimentDocument document)
    {
        string[] outliers = [.. document.Analysis.SelectMany(model => model.Outliers)];
        if (outliers.Length == 0)
            yield break;
        const int named = 6;
        string list = string.Join(", ", outliers.Take(named)) + (outliers.Length > named ? ", ..." : "");
        yield return new Finding(
            "outliers",
            FindingSeverity.Info,
            FormattableString.Invariant($"{outliers.Length} of {document.Runs.Count} runs lie far from the others of their kind (Tukey's fences): {list}; ")
            + "they are kept in every figure");
    }
}
