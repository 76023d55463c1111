using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>The machine became faster or slower from round to round, as the runs of <c>sequential</c> show.</summary>
public sealed class MachineDriftRule : IFindingRule
{
    /// <summary>A change below this, from the first round to the last, is not worth a finding: 5 %.</summary>
    public const double Tolerance = 0.05;

    public IEnumerable<Finding> Evaluate(ExperimentDocument document)
    {
        var trend = Trend.Of(Speeds(document));
        if (trend.PValue < Decision.Level && Math.Abs(trend.TotalChange) > Tolerance)
        {
            yield return new Finding(
                "machine-drift",
                FindingSeverity.Warning,
                FormattableString.Invariant($"sequential became {Math.Abs(trend.TotalChange):0.0%} {(trend.TotalChange > 0 ? "slower" : "faster")} from the first round to ")
                + FormattableString.Invariant($"the last (Mann-Kendall p = {trend.PValue:0.000}): speed-ups and their intervals are paired by round and bear it, medians of wall times do not{UnpairedTests(document)}; ")
                + "let the machine cool down or leave other work aside, and measure again");
        }
    }

    // With few rounds for many comparisons the p-values are not paired, and drift hides differences from them.
    private static string UnpairedTests(ExperimentDocument document)
    {
        ModelAnalysis[] compared = [.. document.Analysis.Where(model => model.Verdict is not (null or Verdict.Baseline))];
        return compared.Length == 0 || RunComparison.IsPaired(compared.Min(model => model.Rounds), compared.Length)
            ? ""
            : FormattableString.Invariant($", nor do the p-values of {compared.Length} comparisons under {DecisiveRounds.FewestPaired(compared.Length)} rounds");
    }

    // Waiting takes as long on a slow machine. For each round the median, over the workloads that compute, of the wall time relative to that workload's median.
    private static double[] Speeds(ExperimentDocument document) =>
    [
        .. document.Runs
            .Where(run => run.IsValid && run.Model == SequentialModel.ModelId && run.Nature == WorkloadNature.CpuBound)
            .GroupBy(run => (run.Workload, run.Size))
            .SelectMany(workload =>
            {
                double median = workload.Select(run => run.WallMs).Median();
                return workload.Select(run => (run.Round, Speed: run.WallMs / median));
            })
            .GroupBy(run => run.Round)
            .OrderBy(round => round.Key)
            .Select(round => round.Select(run => run.Speed).Median()),
    ];
}
