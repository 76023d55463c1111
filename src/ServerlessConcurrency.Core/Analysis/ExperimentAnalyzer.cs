using MathNet.Numerics.Statistics;
using Perfolizer.Mathematics.SignificanceTesting.Base;
using Perfolizer.Mathematics.SignificanceTesting.MannWhitney;
using Perfolizer.Metrology;
using Pragmastat;
using ServerlessConcurrency.Core.Experiments;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Core.Analysis;

/// <summary>Turns measured runs into statistics: a pure function. Runs that are not valid are left out.</summary>
public static class ExperimentAnalyzer
{
    private const double SignificanceLevel = 0.05;

    /// <summary>Analyses the runs of an experiment.</summary>
    /// <param name="runs">The measured runs, valid or not.</param>
    /// <returns>An entry for each workload, size and model with at least one valid run: by workload and size, the baseline
    /// first, then from fast to slow.</returns>
    public static IReadOnlyList<ModelAnalysis> Analyze(IReadOnlyList<RunResult> runs)
    {
        var analysis = new List<ModelAnalysis>();
        foreach (IGrouping<(string Workload, long Size), RunResult> workload in runs
            .Where(run => run.IsValid)
            .GroupBy(run => (run.Workload, run.Size))
            .OrderBy(group => group.Key))
        {
            RunResult[] baseline = [.. workload.Where(run => run.Model == SequentialModel.ModelId)];
            analysis.AddRange(workload
                .GroupBy(run => run.Model)
                .Select(model => Analyze([.. model], baseline))
                .OrderBy(model => model.Model != SequentialModel.ModelId)
                .ThenBy(model => model.MedianMs));
        }

        return analysis;
    }

    private static ModelAnalysis Analyze(RunResult[] runs, RunResult[] baseline)
    {
        ConfidenceInterval wall = MedianInterval.Of(runs.Select(run => run.WallMs));
        var analysis = new ModelAnalysis
        {
            Workload = runs[0].Workload,
            Size = runs[0].Size,
            Model = runs[0].Model,
            Degree = runs[0].Degree,
            Rounds = runs.Length,
            MedianMs = wall.Estimate,
            CiLowMs = wall.Low,
            CiHighMs = wall.High,
            CpuMs = runs.All(run => run.CpuMs is not null) ? runs.Select(run => run.CpuMs!.Value).Median() : null,
        };
        if (analysis.Model == SequentialModel.ModelId)
        {
            return analysis with
            {
                Speedup = 1,
                SpeedupLow = 1,
                SpeedupHigh = 1,
                Efficiency = 1,
                PValue = 1,
                Verdict = Verdict.Baseline,
            };
        }

        double[] speedups = [.. PairedSpeedups(runs, baseline)];
        return speedups.Length == 0 ? analysis : Compare(analysis, runs, baseline, MedianInterval.Of(speedups));
    }

    // Paired by round: what slows the whole machine down for a while slows both runs of a round.
    private static IEnumerable<double> PairedSpeedups(RunResult[] runs, RunResult[] baseline) =>
        from run in runs
        join reference in baseline on run.Round equals reference.Round
        select reference.WallMs / run.WallMs;

    private static ModelAnalysis Compare(
        ModelAnalysis analysis, RunResult[] runs, RunResult[] baseline, ConfidenceInterval speedup)
    {
        double pValue = PValue([.. runs.Select(run => run.WallMs)], [.. baseline.Select(run => run.WallMs)]);
        bool significant = pValue < SignificanceLevel;
        return analysis with
        {
            Speedup = speedup.Estimate,
            SpeedupLow = speedup.Low,
            SpeedupHigh = speedup.High,
            Efficiency = speedup.Estimate / analysis.Degree,
            PValue = pValue,
            Verdict = significant && speedup.Low > 1 ? Verdict.Faster
                : significant && speedup.High < 1 ? Verdict.Slower
                : Verdict.NoDifference,
        };
    }

    /// <summary>
    /// The two-sided p-value of the Mann-Whitney U test (Mann and Whitney, Annals of Mathematical Statistics 18, 1947), exact for
    /// small samples: twice the smaller of the one-sided ones, at most 1.
    /// </summary>
    private static double PValue(double[] x, double[] y)
    {
        if (x.Length < 2 || y.Length < 2)
            return 1;
        var test = MannWhitneyTest.Instance;
        double greater = test.Perform(new Sample(x), new Sample(y), AlternativeHypothesis.Greater, Threshold.Zero).PValue;
        double less = test.Perform(new Sample(x), new Sample(y), AlternativeHypothesis.Less, Threshold.Zero).PValue;
        return Math.Min(1, 2 * Math.Min(greater, less));
    }
}
