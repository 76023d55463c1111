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
        ModelAnalysis? baseline = Array.Find(fastestFirst, model => model.Verdict == Verdict.Baseline);
        ModelAnalysis? faster = Array.Find(fastestFirst, model => model.Verdict == Verdict.Faster);
        if (baseline is not null && faster is null && fastestFirst.Length > 1)
        {
            return new Recommendation(
                baseline.Workload, baseline.Size, baseline.Model, "no other model is shown to be faster, and it is the simplest");
        }

        ModelAnalysis best = faster ?? fastestFirst[0];
        string reason = faster is not null
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{best.Speedup:0.00} times as fast as sequential (95 % interval {best.SpeedupLow:0.00} to {best.SpeedupHigh:0.00})")
            : string.Create(CultureInfo.InvariantCulture, $"the lowest median, {best.MedianMs:0.0} ms");
        return new Recommendation(best.Workload, best.Size, best.Model, reason + RunnerUp(best, fastestFirst));
    }

    private static string RunnerUp(ModelAnalysis best, ModelAnalysis[] fastestFirst)
    {
        ModelAnalysis[] others = [.. fastestFirst.Where(model => model != best)];
        string[] close = [.. others.Where(model => model.CiLowMs <= best.CiHighMs).Select(model => model.Model)];
        if (close.Length > 0)
            return $"; not told apart from {string.Join(", ", close)}: their intervals overlap";
        return others.Length == 0
            ? "; the only model measured"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"; {others[0].MedianMs / best.MedianMs:0.00} times as fast as the runner-up {others[0].Model}");
    }
}
