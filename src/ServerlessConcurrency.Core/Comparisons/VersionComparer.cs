using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.OwnCode;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Comparisons;

/// <summary>
/// Compares two versions of workloads that one experiment measured, round by round: whatever slows the machine down slows both runs of a round
/// (Bulej et al., "Duet Benchmarking: Improving Measurement Accuracy in the Cloud", ICPE 2020). Which of the two comes first is a matter of chance,
/// so that equal versions are as often faster as slower in a round, whatever the load does: the signed-rank test assumes no more. A pure function.
/// </summary>
public static class VersionComparer
{
    /// <param name="failAbove">A ratio shown to be above this is a regression, 1 or more; null: only tell.</param>
    /// <returns>The comparison; null where the experiment has no earlier version of a workload.</returns>
    public static VersionComparison? Compare(ExperimentDocument document, double? failAbove = null)
    {
        if (!document.Spec.Workloads.Any(workload => EarlierVersion.NewerOf(workload.Kind) is not null))
            return null;
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
        Pair[] pairs = [.. all.Where(pair => pair.LogRatios.Length > 0)];
        // Looked at more than once, each time has its part of the 5 %.
        int comparisons = pairs.Length * StoppingRule.LooksOf(document.Spec);
        double[] pValues = Adjust(pairs, pair => RunComparison.PValueOf(pair.LogRatios, comparisons), document.Spec);
        double[]? limitPValues = failAbove is not { } limit ? null
            : Adjust(pairs, pair => RunComparison.PValueOfGreater([.. pair.LogRatios.Select(ratio => ratio - Math.Log(limit))], comparisons), document.Spec);
        return new VersionComparison
        {
            FailAbove = failAbove,
            Runs = [.. all.Select(pair => Judge(pair, Array.IndexOf(pairs, pair), pValues, limitPValues, failAbove))],
            Notes = [.. all.Where(pair => pair.HasOtherResults).Select(pair => $"{pair.Kind}: the two versions came to other results, so that it is not the same work any more")],
            Warnings =
            [
                .. all.Where(pair => pair is { HasBoth: true, LogRatios.Length: < MedianInterval.SmallestSample }).Select(pair =>
                    $"{pair.Kind}: {Counted.Of(pair.LogRatios.Length, "round")} with both versions can show no difference: measure {MedianInterval.SmallestSample} rounds or more"),
            ],
        };
    }

    private static double[] Adjust(Pair[] pairs, Func<Pair, double> pValueOf, ExperimentSpec spec) =>
        [.. HolmCorrection.Adjust([.. pairs.Select(pValueOf)]).Select(pValue => Math.Min(1, pValue * StoppingRule.LooksOf(spec)))];

    private static ComparedRuns Judge(Pair pair, int place, double[] pValues, double[]? limitPValues, double? failAbove)
    {
        bool isBroken = failAbove is not null && (pair.After.Length == 0 || pair.HasOtherResults);
        var runs = new ComparedRuns
        {
            Workload = pair.Kind.Workload,
            Size = pair.Kind.Size,
            Tasks = pair.Kind.Tasks,
            Model = pair.Kind.Model,
            BeforeMs = MedianOf(pair.Before),
            AfterMs = MedianOf(pair.After),
            HasOtherResults = pair.HasOtherResults,
            IsRegression = isBroken,
        };
        // Where there are runs of both, but no round with one of each, there is nothing to tell by.
        if (place < 0)
            return runs with { IsUndecidable = failAbove is not null && pair.HasBoth && !isBroken };
        ConfidenceInterval ratio = WilcoxonSignedRank.Interval(pair.LogRatios);
        bool isEnough = ratio.Coverage >= BootstrapInterval.Coverage;
        bool isRegression = isBroken || (isEnough && limitPValues?[place] <= Decision.Level);
        return runs with
        {
            Ratio = Math.Exp(ratio.Estimate),
            RatioLow = Math.Exp(ratio.Low),
            RatioHigh = Math.Exp(ratio.High),
            AdjustedPValue = pValues[place],
            Verdict = Decision.On(new ConfidenceInterval(Math.Exp(-ratio.Estimate), Math.Exp(-ratio.High), Math.Exp(-ratio.Low), ratio.Coverage), pValues[place]),
            LimitPValue = limitPValues?[place],
            IsRegression = isRegression,
            IsUndecidable = failAbove is not null && !isEnough && !isRegression,
            IsDoubtful = Math.Exp(ratio.Estimate) > failAbove && !isRegression,
        };
    }

    private static double? MedianOf(RunResult[] runs) => runs.Length == 0 ? null : runs.Select(run => run.WallMs).Median();

    private sealed class Pair(ComparedKind kind, RunResult[] earlier, RunResult[] later, bool isCompared)
    {
        public ComparedKind Kind { get; } = kind;

        public RunResult[] Before { get; } = [.. earlier.Where(run => run.IsValid)];

        public RunResult[] After { get; } = [.. later.Where(run => run.IsValid)];

        public bool HasBoth => Before.Length > 0 && After.Length > 0;

        /// <summary>The logarithms of how many times as long the later version took, in each round that has a valid run of both.</summary>
        public double[] LogRatios => PairedRounds.LogRatios(Before, After);

        public bool HasOtherResults => isCompared && HasBoth && Before[0].Checksum != After[0].Checksum;
    }
}
