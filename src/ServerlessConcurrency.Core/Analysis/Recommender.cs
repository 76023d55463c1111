using System.Globalization;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Analysis;

/// <summary>
/// Picks the model to use for each workload and size: a pure function. The lowest median is compared with each of the others, paired by round
/// and corrected for the number of comparisons; of models that are as fast within 3 %, the simplest is taken. Never recommended are
/// models that are there to show something, see <see cref="ModelTraits.IsDemonstration"/>.
/// </summary>
public static class Recommender
{
    public static IReadOnlyList<Recommendation> Recommend(
        IReadOnlyList<ModelAnalysis> analysis, IReadOnlyList<RunResult> runs, long seed = 0) =>
    [
        .. analysis
            .Where(model => !KnownModels.Get(model.Model).IsDemonstration)
            .GroupBy(model => (model.Workload, model.Size))
            .Select(workload => Recommend(
                [.. workload.OrderBy(model => model.MedianMs).Select(model => new Candidate(model, RunsOf(model, runs)))],
                FailedModels(workload.Key, runs),
                seed)),
    ];

    private static RunResult[] RunsOf(ModelAnalysis model, IReadOnlyList<RunResult> runs) =>
        [.. runs.Where(run => run.IsValid && run.Workload == model.Workload && run.Size == model.Size && run.Model == model.Model)];

    // Those of which no run counts, so that they are in no analysis.
    private static string[] FailedModels((string Workload, long Size) kind, IReadOnlyList<RunResult> runs) =>
    [
        .. runs
            .Where(run => run.Workload == kind.Workload && run.Size == kind.Size && !KnownModels.Get(run.Model).IsDemonstration)
            .GroupBy(run => run.Model)
            .Where(model => model.All(run => !run.IsValid))
            .Select(model => model.Key)
            .Order(),
    ];

    private static Recommendation Recommend(Candidate[] fastestFirst, string[] failed, long seed)
    {
        Rival[] rivals = CompareWithFastest(fastestFirst, seed);
        Candidate[] equal = [.. rivals.Where(rival => rival.Verdict == Verdict.NoDifference).Select(rival => rival.Candidate)];
        Candidate[] open = [.. rivals.Where(rival => rival.Verdict is Verdict.Inconclusive or Verdict.Slower).Select(rival => rival.Candidate)];
        Candidate chosen = Choose(fastestFirst[0], equal, open);
        Candidate? runnerUp = fastestFirst.FirstOrDefault(candidate => candidate != chosen);
        ConfidenceInterval? margin = runnerUp is null ? null : RunComparison.Of(chosen.Runs, runnerUp.Runs, seed)?.Speedup;
        double[]? confidences = SelectionConfidence.Of([.. fastestFirst.Select(candidate => candidate.Runs)], seed);
        var recommendation = new Recommendation(chosen.Model.Workload, chosen.Model.Size, chosen.Model.Model, "")
        {
            IsDecided = runnerUp is not null && open.Length == 0,
            Confidence = confidences?[Array.IndexOf(fastestFirst, chosen)],
            RunnerUp = runnerUp?.Model.Model,
            Margin = margin?.Estimate,
            MarginLow = margin?.Low,
            MarginHigh = margin?.High,
        };
        return recommendation with { Reason = Reason(recommendation, chosen.Model, fastestFirst[0], equal, open) + Failures(failed) };
    }

    // What the fastest is shown to be, against each of the others.
    private static Rival[] CompareWithFastest(Candidate[] fastestFirst, long seed)
    {
        (Candidate Candidate, RunComparison? Comparison)[] compared =
            [.. fastestFirst.Skip(1).Select(other => (other, RunComparison.Of(fastestFirst[0].Runs, other.Runs, seed, fastestFirst.Length - 1)))];
        double[] adjusted = HolmCorrection.Adjust([.. compared.Select(entry => entry.Comparison?.PValue ?? 1)]);
        return
        [
            .. compared.Zip(adjusted, (entry, pValue) => new Rival(
                entry.Candidate,
                entry.Comparison is { } comparison ? Decision.On(comparison.Speedup, pValue) : Verdict.Inconclusive)),
        ];
    }

    private static Candidate Choose(Candidate fastest, Candidate[] equal, Candidate[] open)
    {
        // A model that may as well be as fast is passed over, but for the one that needs nothing at all.
        Candidate[] choice = [fastest, .. equal, .. open.Where(candidate => candidate.Model.Model == SequentialModel.ModelId)];
        return choice.MinBy(candidate => KnownModels.Get(candidate.Model.Model).Complexity)!;
    }

    private static string Reason(
        Recommendation recommendation, ModelAnalysis chosen, Candidate fastest, Candidate[] equal, Candidate[] open)
    {
        if (recommendation.RunnerUp is null)
            return Text($"the only model with a valid run, {chosen.MedianMs:0.0} ms");
        string gain = chosen.Verdict == Verdict.Baseline
            ? open.Length > 0 || equal.Length > 0 ? "no other model is shown to be faster, and it is the simplest" : "no other model is faster, and it is the simplest"
            : chosen.Speedup is not null
                ? Text($"{chosen.Speedup:0.00} times as fast as sequential (95 % interval {chosen.SpeedupLow:0.00} to {chosen.SpeedupHigh:0.00})")
                : Text($"{chosen.MedianMs:0.0} ms");
        string lead = recommendation.Margin is null
            ? ""
            : Text($"; {recommendation.Margin:0.00} times as fast as the runner-up {recommendation.RunnerUp} ({recommendation.MarginLow:0.00} to {recommendation.MarginHigh:0.00})");
        bool isOpen = Array.Exists(open, candidate => candidate.Model == chosen);
        string[] alike = Names(isOpen ? [] : [fastest, .. equal], chosen);
        string[] undecided = Names(isOpen ? [fastest, .. open] : open, chosen);
        string ties = alike.Length > 0 ? $"; as fast within 3 %: {string.Join(", ", alike)}" : "";
        string doubt = undecided.Length > 0
            ? $"; the evidence does not decide between it and {string.Join(", ", undecided)}: measure more rounds"
            : "";
        string confidence = recommendation.Confidence is { } share ? Text($"; fastest or within 3 % of it in {share:0.0%} of the resamples") : "";
        return gain + lead + ties + doubt + confidence;
    }

    private static string Failures(string[] failed) =>
        failed.Length == 0 ? "" : $"; of {string.Join(", ", failed)} every run failed, so that nothing is known of {(failed.Length == 1 ? "it" : "them")}";

    private static string[] Names(IEnumerable<Candidate> candidates, ModelAnalysis chosen) =>
        [.. candidates.Select(candidate => candidate.Model.Model).Where(model => model != chosen.Model).Order()];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Candidate(ModelAnalysis Model, IReadOnlyList<RunResult> Runs);

    private sealed record Rival(Candidate Candidate, Verdict Verdict);
}
