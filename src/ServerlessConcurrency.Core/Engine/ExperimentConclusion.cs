using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Comparisons;
using ServerlessConcurrency.Core.Costs;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Findings;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Sweeps;

namespace ServerlessConcurrency.Core.Engine;

/// <summary>The last step of an experiment on every engine: from its runs to analysis, recommendation and findings.</summary>
public static class ExperimentConclusion
{
    /// <summary>Draws the conclusions of an experiment; the verdicts on claims are drawn when they are measured.</summary>
    public static MeasurementDocument Draw(MeasurementDocument document) =>
        document is ExperimentDocument experiment ? Draw(experiment) : document with { Findings = FindingRules.Evaluate(document) };

    /// <summary>Draws the conclusions; a pure function of the document.</summary>
    /// <param name="document">An experiment with its runs, also one that was cancelled or failed.</param>
    /// <returns>The experiment with <see cref="ExperimentDocument.Analysis"/>, recommendation and findings.</returns>
    public static ExperimentDocument Draw(ExperimentDocument document)
    {
        List<(string, long)> inSpec = [.. document.Spec.Workloads.Select(workload => (workload.Kind, workload.Size))];
        int looks = StoppingRule.LooksOf(document.Spec);
        ModelAnalysis[] analysis =
            [.. ExperimentAnalyzer.Analyze(document.Runs, document.Spec.Seed, looks).OrderBy(model => inSpec.IndexOf((model.Workload, model.Size)))];
        document = document with
        {
            Analysis = analysis,
            Recommendation = Recommender.Recommend(analysis, document.Runs, document.Spec.Seed, looks),
            Versions = VersionComparer.Compare(document, document.Versions?.FailAbove),
            // A program that was killed may have stored a run and not yet that it was done.
            Progress = document.Progress with { RunsDone = Math.Max(document.Progress.RunsDone, document.Runs.Count) },
        };
        document = document with { Recommendation = RecommendedSizes.Of(document) };
        document = CostAnalysis.Apply(document);
        return document with { Findings = FindingRules.Evaluate(document) };
    }
}
