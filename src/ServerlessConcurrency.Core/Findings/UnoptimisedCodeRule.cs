using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>The program was compiled for a debugger, and measured all the same; claims are judged by the same rule.</summary>
public sealed class UnoptimisedCodeRule : IFindingRule
{
    public IEnumerable<Finding> Evaluate(ExperimentDocument document) => Evaluate(document.Environment);

    public static IEnumerable<Finding> Evaluate(EnvironmentInfo environment)
    {
        if (environment.Configuration == UnoptimisedCode.Configuration)
        {
            yield return new Finding(
                "unoptimised-code",
                FindingSeverity.Warning,
                "The program or a workload was built without optimisation (Debug): computing may take many times as long as in what you deploy. "
                + "Build in Release and measure again.");
        }
    }
}
