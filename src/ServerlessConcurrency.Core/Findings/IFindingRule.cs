using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>Looks for one kind of thing that a reader of the results should know.</summary>
public interface IFindingRule
{
    /// <summary>Evaluates the rule: a pure function.</summary>
    /// <returns>What was found; empty if nothing was.</returns>
    IEnumerable<Finding> Evaluate(ExperimentDocument document);
}
