namespace ServerlessConcurrency.Core.Analysis;

/// <summary>The stopping rule of a spec with <c>precision</c>.</summary>
public static class Precision
{
    /// <summary>Whether the confidence interval of every median is tight enough.</summary>
    /// <param name="analysis">The analysis so far.</param>
    /// <param name="precision">The relative half-width to reach.</param>
    /// <returns>True if each has enough rounds for a 95 % interval and is within the precision.</returns>
    public static bool IsReached(IReadOnlyList<ModelAnalysis> analysis, double precision) =>
        analysis.All(model => IsReached(model, precision));

    /// <summary>Whether the confidence interval of one median is tight enough.</summary>
    /// <param name="model">The analysis of one workload, size and model.</param>
    /// <param name="precision">The relative half-width to reach.</param>
    /// <returns>True if it has enough rounds for a 95 % interval and is within the precision.</returns>
    public static bool IsReached(ModelAnalysis model, double precision) =>
        model.Rounds >= MedianInterval.SmallestSample
        && (model.CiHighMs - model.CiLowMs) / 2 <= precision * model.MedianMs;
}
