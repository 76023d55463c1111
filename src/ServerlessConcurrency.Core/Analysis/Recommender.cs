using System.Globalization;

namespace ServerlessConcurrency.Core.Analysis;

/// <summary>Picks the model to use for each workload and size: a pure function of the analysis.</summary>
public static class Recommender
{
    /// <summary>Recommends models.</summary>
    /// <param name="analysis">The analysis of an experiment.</param>
    /// <returns>One entry for each workload and size that has an analysis.</returns>
    public static IReadOnlyList<Recommendation> Recommend(IReadOnlyList<ModelAnalysis> analysis) =>
    [
        .. analysis
            .GroupBy(model => (model.Workload, model.Size))
            .Select(workload => Recommend([.. workload.OrderBy(model => model.MedianMs)])),
    ];

    private static Recommendation Recommend(ModelAnalysis[] fastestFirst)
    {
        ModelAnalysis best = fastestFirst[0];
        string reason = best.Speedup is { } speedup && best.Verdict != Verdict.Baseline
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{speedup:0.00} times as fast as sequential (95 % interval {best.SpeedupLow:0.00} to {best.SpeedupHigh:0.00})")
            : string.Create(CultureInfo.InvariantCulture, $"the lowest median, {best.MedianMs:0.0} ms");
        return new Recommendation(best.Workload, best.Size, best.Model, reason + RunnerUp(best, fastestFirst));
    }

    private static string RunnerUp(ModelAnalysis best, ModelAnalysis[] fastestFirst)
    {
        string[] close = [.. fastestFirst.Skip(1).Where(model => model.CiLowMs <= best.CiHighMs).Select(model => model.Model)];
        if (close.Length > 0)
            return $"; not told apart from {string.Join(", ", close)}: their intervals overlap";
        return fastestFirst.Length < 2
            ? "; the only model measured"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"; {fastestFirst[1].MedianMs / best.MedianMs:0.00} times as fast as the runner-up {fastestFirst[1].Model}");
    }
}
