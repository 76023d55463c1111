using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Analysis;

/// <summary>
/// Finds runs whose wall time lies far from that of the others, by Tukey's fences (Tukey, "Exploratory Data Analysis", 1977: beyond 1.5
/// times the interquartile range), as BenchmarkDotNet does. They are flagged and kept: medians bear them, and leaving them out would
/// hide what users meet.
/// </summary>
public static class Outliers
{
    // Quartiles of fewer values say little.
    private const int SmallestSample = 5;

    /// <returns>Their ids; none where there are fewer than 5 runs.</returns>
    public static IReadOnlyList<string> Among(IReadOnlyList<RunResult> runs)
    {
        if (runs.Count < SmallestSample)
            return [];
        double[] sorted = [.. runs.Select(run => run.WallMs).Order()];
        double lower = SortedArrayStatistics.QuantileCustom(sorted, 0.25, QuantileDefinition.R7);
        double upper = SortedArrayStatistics.QuantileCustom(sorted, 0.75, QuantileDefinition.R7);
        double reach = 1.5 * (upper - lower);
        return [.. runs.Where(run => run.WallMs < lower - reach || run.WallMs > upper + reach).Select(run => run.RunId)];
    }
}
