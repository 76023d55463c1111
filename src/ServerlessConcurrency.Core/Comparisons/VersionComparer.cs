using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.OwnCode;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Comparisons;

/// <summary>
/// Compares two versions of workloads that one experiment measured, round by round: whatever slows the machine down slows both runs of a round
/// (Bulej et al., "Duet Benchmarking: Improving Measurement Accuracy in the Cloud", ICPE 2020). A pure function.
/// </summary>
public static class VersionComparer
{
    /// <summary>Whether an experiment has an earlier version of a workload.</summary>
    public static bool HasVersions(ExperimentDocument document) => document.Spec.Workloads.Any(workload => EarlierVersion.NewerOf(workload.Kind) is not null);

    /// <param name="failAbove">A ratio whose whole interval is above this is a regression, 1 or more; null: only tell.</param>
    /// <returns>The comparison: after is the version that was asked for, before the one that it is measured against.</returns>
    public static ExperimentComparison Compare(ExperimentDocument document, double? failAbove = null)
    {
        ILookup<ComparedKind, RunResult> runs = document.Runs.ToLookup(run => new ComparedKind(run.Workload, run.Size, run.Tasks, run.Model));
        Pair[] all =
        [
            .. from workload in document.Spec.Workloads
               let newer = EarlierVersion.NewerOf(workload.Kind)
               where newer is not null
               from model in document.Spec.Models
               let earlier = runs[new ComparedKind(workload.Kind, workload.Size, workload.Tasks, model)]
               let later = runs[new ComparedKind(newer, workload.Size, workload.Tasks, model)]
               where earlier.Any() && later.Any()
               select new Pair(new ComparedKind(newer, workload.Size, workload.Tasks, model), [.. earlier], [.. later], workload.IsCompared),
        ];
        Pair[] pairs = [.. all.Where(pair => pair.Ratios.Length > 0)];
        double[] adjusted = HolmCorrection.Adjust([.. pairs.Select(pair => RunComparison.PValueOf([.. pair.Ratios.Select(ratio => Math.Log(ratio))], pairs.Length))]);
        Dictionary<ComparedKind, double> pValues = pairs.Zip(adjusted).ToDictionary(entry => entry.First.Kind, entry => entry.Second);
        return new ExperimentComparison
        {
            Before = "the earlier version",
            After = document.Id,
            BeforeEnvironment = document.Environment,
            AfterEnvironment = document.Environment,
            FailAbove = failAbove,
            Runs = [.. all.Select(pair => Judge(pair, pValues, document.Spec.Seed, failAbove))],
            OnlyBefore = [],
            OnlyAfter = [],
            Notes = [.. all.Where(pair => pair.HasOtherResults).Select(pair => $"{pair.Kind}: the two versions came to other results, so that it is not the same work any more")],
        };
    }

    private static ComparedRuns Judge(Pair pair, Dictionary<ComparedKind, double> pValues, long seed, double? failAbove)
    {
        var runs = new ComparedRuns
        {
            Workload = pair.Kind.Workload,
            Size = pair.Kind.Size,
            Tasks = pair.Kind.Tasks,
            Model = pair.Kind.Model,
            BeforeMs = MedianOf(pair.Before),
            AfterMs = MedianOf(pair.After),
            HasOtherResults = pair.HasOtherResults,
            IsRegression = failAbove is not null && (pair.After.Length == 0 || pair.HasOtherResults),
        };
        if (!pValues.TryGetValue(pair.Kind, out double pValue))
            return runs;
        ConfidenceInterval ratio = BootstrapInterval.OfMedian(pair.Ratios, seed);
        Verdict verdict = Decision.On(new ConfidenceInterval(1 / ratio.Estimate, 1 / ratio.High, 1 / ratio.Low, ratio.Coverage), pValue);
        bool isRegression = runs.IsRegression || (verdict == Verdict.Slower && ratio.Low > failAbove);
        return runs with
        {
            Ratio = ratio.Estimate,
            RatioLow = ratio.Low,
            RatioHigh = ratio.High,
            AdjustedPValue = pValue,
            Verdict = verdict,
            IsRegression = isRegression,
            IsDoubtful = ratio.Estimate > failAbove && !isRegression,
        };
    }

    private static double? MedianOf(RunResult[] runs) => runs.Length == 0 ? null : runs.Select(run => run.WallMs).Median();

    private sealed class Pair(ComparedKind kind, RunResult[] earlier, RunResult[] later, bool isCompared)
    {
        public ComparedKind Kind { get; } = kind;

        public RunResult[] Before { get; } = [.. earlier.Where(run => run.IsValid)];

        public RunResult[] After { get; } = [.. later.Where(run => run.IsValid)];

        /// <summary>How many times as long the later version took, in each round that has a valid run of both.</summary>
        public double[] Ratios => PairedRounds.Ratios(Before, After);

        public bool HasOtherResults => isCompared && Before.Length > 0 && After.Length > 0 && Before[0].Checksum != After[0].Checksum;
    }
}
