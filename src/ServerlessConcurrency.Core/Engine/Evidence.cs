using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Engine;

/// <summary>Whether what was measured so far is enough for an experiment that goes on until it is.</summary>
public static class Evidence
{
    /// <param name="runs">The measured runs so far.</param>
    /// <returns>Whether it is enough; if not, what is undecided, for people.</returns>
    public static (bool IsEnough, string? WaitsFor) LookAt(ExperimentSpec spec, IReadOnlyList<RunResult> runs)
    {
        int looks = StoppingRule.LooksOf(spec);
        IReadOnlyList<ModelAnalysis> analysis = ExperimentAnalyzer.Analyze(runs, spec.Seed, looks);
        if (spec.Precision is { } precision)
            return (Precision.IsReached(analysis, precision), null);
        // Where there is nothing to choose between, or nothing can be said of the times, further rounds do not help. Ending as soon as a model is ahead
        // would favour estimates that are too high: measured on until it is shown to be ahead of simpler ones by what matters.
        string[] open =
        [
            .. Recommender.Recommend(analysis, runs, spec.Seed, looks)
                .Select(recommendation => (recommendation.Workload, recommendation.Size, Models: OpenModels(recommendation)))
                .Where(open => open.Models.Length > 1)
                .Select(open => FormattableString.Invariant($"{open.Workload} {open.Size}: {string.Join(" or ", open.Models)}")),
        ];
        return (open.Length == 0, open.Length == 0 ? null : string.Join("; ", open));
    }

    private static string[] OpenModels(Recommendation recommendation) =>
        recommendation.IsDecided ? [.. recommendation.Contested, recommendation.Model!] : [.. recommendation.Candidates, .. recommendation.Unknown];
}
