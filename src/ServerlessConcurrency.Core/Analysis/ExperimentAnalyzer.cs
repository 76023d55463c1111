using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Analysis;

/// <summary>Turns measured runs into statistics: a pure function. Runs that are not valid are left out.</summary>
public static class ExperimentAnalyzer
{
    /// <param name="runs">The measured runs, valid or not.</param>
    /// <param name="seed">The seed of the bootstrap, e.g. the spec's.</param>
    /// <returns>An entry for each workload, size and model with at least one valid run: by workload and size, the baseline
    /// first, then from fast to slow.</returns>
    public static IReadOnlyList<ModelAnalysis> Analyze(IReadOnlyList<RunResult> runs, long seed = 0)
    {
        RunResult[] valid = [.. runs.Where(run => run.IsValid)];
        int comparisons = CountComparisons(valid);
        var measured = new List<(ModelAnalysis Model, RunComparison? Comparison)>();
        foreach (IGrouping<(string Workload, long Size), RunResult> workload in valid
            .GroupBy(run => (run.Workload, run.Size))
            .OrderBy(group => group.Key))
        {
            RunResult[] baseline = [.. workload.Where(IsBaseline)];
            measured.AddRange(workload
                .GroupBy(run => run.Model)
                .Select(model => (
                    Model: Describe([.. model]),
                    Comparison: IsBaseline(model.First()) ? null : RunComparison.Of([.. model], baseline, seed, comparisons)))
                .OrderBy(entry => entry.Model.Model != SequentialModel.ModelId)
                .ThenBy(entry => entry.Model.MedianMs));
        }

        // Only when all comparisons are known can a p-value be corrected for their number.
        var adjusted = new Queue<double>(HolmCorrection.Adjust(
            [.. measured.Where(entry => entry.Comparison is not null).Select(entry => entry.Comparison!.PValue)]));
        return
        [
            .. measured.Select(entry => entry.Comparison is { } comparison ? Decide(entry.Model, comparison, adjusted.Dequeue()) : entry.Model),
        ];
    }

    private static ModelAnalysis Describe(RunResult[] runs)
    {
        ConfidenceInterval wall = MedianInterval.Of(runs.Select(run => run.WallMs));
        var analysis = new ModelAnalysis
        {
            Workload = runs[0].Workload,
            Size = runs[0].Size,
            Model = runs[0].Model,
            Degree = runs[0].Degree,
            Rounds = runs.Length,
            Repeats = (int)runs.Select(run => (double)run.Repeats).Median(),
            MedianMs = wall.Estimate,
            CiLowMs = wall.Low,
            CiHighMs = wall.High,
            Outliers = Outliers.Among(runs),
            CpuMs = runs.All(run => run.CpuMs is not null) ? runs.Select(run => run.CpuMs!.Value).Median() : null,
        };
        return analysis.Model != SequentialModel.ModelId ? analysis : analysis with
        {
            Speedup = 1,
            SpeedupLow = 1,
            SpeedupHigh = 1,
            Efficiency = 1,
            PValue = 1,
            AdjustedPValue = 1,
            EffectSize = 0,
            Verdict = Verdict.Baseline,
        };
    }

    private static bool IsBaseline(RunResult run) => run.Model == SequentialModel.ModelId;

    // Each model of a workload and size that has a round in common with the baseline.
    private static int CountComparisons(RunResult[] valid) => valid
        .GroupBy(run => (run.Workload, run.Size))
        .Sum(workload =>
        {
            HashSet<int> rounds = [.. workload.Where(IsBaseline).Select(run => run.Round)];
            return workload.Where(run => !IsBaseline(run) && rounds.Contains(run.Round)).DistinctBy(run => run.Model).Count();
        });

    private static ModelAnalysis Decide(ModelAnalysis analysis, RunComparison comparison, double adjustedPValue) => analysis with
    {
        Speedup = comparison.Speedup.Estimate,
        SpeedupLow = comparison.Speedup.Low,
        SpeedupHigh = comparison.Speedup.High,
        Efficiency = comparison.Speedup.Estimate / analysis.Degree,
        PValue = comparison.PValue,
        AdjustedPValue = adjustedPValue,
        EffectSize = comparison.EffectSize,
        Verdict = Decision.On(comparison.Speedup, adjustedPValue),
    };
}
