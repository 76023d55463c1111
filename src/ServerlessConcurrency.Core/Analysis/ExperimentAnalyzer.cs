using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Analysis;

/// <summary>Turns measured runs into statistics: a pure function. Runs that are not valid are left out.</summary>
public static class ExperimentAnalyzer
{
    /// <param name="runs">The measured runs, valid or not.</param>
    /// <param name="seed">The seed of the bootstrap, e.g. the spec's.</param>
    /// <param name="looks">How often it is looked at whether the experiment may end by what it shows; 1 or more.</param>
    /// <returns>An entry for each workload, size and model with at least one valid run: by workload and size, the baseline
    /// first, then from fast to slow.</returns>
    public static IReadOnlyList<ModelAnalysis> Analyze(IReadOnlyList<RunResult> runs, long seed = 0, int looks = 1)
    {
        RunResult[] valid = [.. runs.Where(run => run.IsValid)];
        var comparisons = new PairwiseComparisons(valid, looks);
        return
        [
            .. valid
                .GroupBy(run => (run.Workload, run.Size))
                .OrderBy(group => group.Key)
                .SelectMany(workload =>
                {
                    RunResult[] baseline = [.. workload.Where(IsBaseline)];
                    return workload
                        .GroupBy(run => run.Model)
                        .Select(model => Compare(Describe([.. model]), [.. model], baseline, comparisons, seed))
                        .OrderBy(model => model.Model != SequentialModel.ModelId)
                        .ThenBy(model => model.MedianMs);
                }),
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

    private static ModelAnalysis Compare(
        ModelAnalysis analysis, RunResult[] runs, RunResult[] baseline, PairwiseComparisons comparisons, long seed)
    {
        if (IsBaseline(runs[0]) || RunComparison.Of(runs, baseline, seed) is not { Speedup: var speedup, EffectSize: var effectSize })
            return analysis;
        (double pValue, double adjusted) = comparisons.Of(analysis.Workload, analysis.Size, analysis.Model, SequentialModel.ModelId)!.Value;
        return analysis with
        {
            Speedup = speedup.Estimate,
            SpeedupLow = speedup.Low,
            SpeedupHigh = speedup.High,
            Efficiency = speedup.Estimate / analysis.Degree,
            PValue = pValue,
            AdjustedPValue = adjusted,
            EffectSize = effectSize,
            Verdict = Decision.On(speedup, adjusted),
        };
    }
}
