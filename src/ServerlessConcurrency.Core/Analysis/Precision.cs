namespace ServerlessConcurrency.Core.Analysis;

/// <summary>The stopping rule of a spec with <c>precision</c>.</summary>
public static class Precision
{
    /// <summary>Whether every confidence interval is tight enough.</summary>
    /// <param name="precision">The relative half-width to reach.</param>
    /// <returns>True if each model has enough rounds for a 95 % interval, and its intervals are within the precision.</returns>
    public static bool IsReached(IReadOnlyList<ModelAnalysis> analysis, double precision) =>
        analysis.All(model => IsReached(model, precision));

    /// <summary>Whether the confidence intervals of one model are tight enough.</summary>
    /// <param name="precision">The relative half-width to reach.</param>
    /// <returns>True if it has enough rounds for a 95 % interval, and <see cref="Of"/> is within the precision.</returns>
    public static bool IsReached(ModelAnalysis model, double precision) =>
        model.Rounds >= MedianInterval.SmallestSample && Of(model) <= precision;

    /// <summary>How wide the intervals of one model are.</summary>
    /// <returns>The larger of the relative half-widths of the median's interval and, where there is one, of the speed-up's.</returns>
    public static double Of(ModelAnalysis model)
    {
        double median = HalfWidth(model.CiLowMs, model.CiHighMs, model.MedianMs);
        return model.Speedup is { } speedup
            ? Math.Max(median, HalfWidth(model.SpeedupLow!.Value, model.SpeedupHigh!.Value, speedup))
            : median;
    }

    private static double HalfWidth(double low, double high, double estimate) => (high - low) / 2 / estimate;
}
