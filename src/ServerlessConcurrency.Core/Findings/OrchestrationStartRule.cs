using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>Orchestrations waited for long until they began.</summary>
public sealed class OrchestrationStartRule : IFindingRule
{
    private const double LongestMs = 5_000;

    public IEnumerable<Finding> Evaluate(ExperimentDocument document)
    {
        if (document.OrchestrationStartMs is > LongestMs and var own)
            yield return Found(document, $"The experiment's orchestration began {FindingWords.Seconds(own)} after it was asked for, which is in no figure.");
        foreach (var kind in WorkloadProfile.ByKind(document))
        {
            double[] starts = [.. kind.Select(run => run.OrchestrationStartMs).OfType<double>()];
            if (starts.Length > 0 && starts.Median() is > LongestMs and var median)
                yield return Found(document, $"In {kind.Key}, the orchestration began {FindingWords.Seconds(median)} after it was scheduled{(document.Spec.ColdStart ? "" : ", which is in no wall time")}.");
        }
    }

    private static Finding Found(ExperimentDocument document, string seen) => new(
        "orchestration-start",
        FindingSeverity.Info,
        seen + (document.Environment.Engine == EngineNames.Local
            ? " The hosts of its task hub were busy: measure on a calmer machine."
            : " With no durable instance always ready, the first has to be started: docs/deploy.md has the price of one."));
}
