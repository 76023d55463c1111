using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>The Functions app was updated while it measured the experiment.</summary>
public sealed class AppUpdatedRule : IFindingRule
{
    public IEnumerable<Finding> Evaluate(ExperimentDocument document)
    {
        RunResult[] others = [.. document.Runs.Where(run => run.MeasuredBy is not null)];
        if (others.Length == 0)
            yield break;
        yield return new Finding(
            "app-updated",
            FindingSeverity.Warning,
            FormattableString.Invariant($"The app was updated meanwhile: {Counted.Of(others.Length, "run")} of {document.Runs.Count} {(others.Length == 1 ? "is" : "are")} of version {others[^1].MeasuredBy}, not {document.Environment.Program}. ")
            + "Where that changes what is measured, measure again.");
    }
}
