using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>Tells from which task size on a recommended model pays, where an experiment has several sizes of a workload.</summary>
internal static class RecommendedSizes
{
    /// <summary>Adds the break-even size to recommendations.</summary>
    /// <returns>The recommendations; those of <c>sequential</c> say nothing of sizes, all others what the sizes measured tell or that they do not decide.</returns>
    public static IReadOnlyList<Recommendation> Of(ExperimentDocument document) => [.. document.Recommendation.Select(each => AddTo(each, document))];

    private static Recommendation AddTo(Recommendation recommendation, ExperimentDocument document)
    {
        bool hasReference = document.Runs.Any(run =>
            run.IsValid && run.Model == SequentialModel.ModelId && run.Workload == recommendation.Workload);
        if (recommendation.Model is null or SequentialModel.ModelId || !hasReference)
            return recommendation;
        (long Size, double[] LogRatios)[] points = Points(recommendation, document.Runs);
        if (points.Length < SweepReader.FewestValues)
            return recommendation;
        BreakEven found = BreakEvenFinder.Find(
            recommendation.Workload,
            size: null,
            recommendation.Model,
            SequentialModel.ModelId,
            points,
            Resampling.For(document.Spec.Seed, recommendation.Workload, recommendation.Model, SequentialModel.ModelId));
        recommendation = recommendation with { Reason = $"{recommendation.Reason}; {Describe(found, recommendation.Size)}" };
        return found.Outcome != BreakEvenOutcome.FasterFrom ? recommendation : recommendation with
        {
            BreakEvenSize = found.Value,
            BreakEvenLow = found.Low,
            BreakEvenHigh = found.High,
        };
    }

    private static string Describe(BreakEven found, long size)
    {
        string point = FormattableString.Invariant($"size {found.Value:#,##0.##}");
        string interval = FormattableString.Invariant($"({found.Low:#,##0.##} to {found.High:#,##0.##})");
        string range = FormattableString.Invariant($"{found.Ratios[0].Value:#,##0} to {found.Ratios[^1].Value:#,##0}");
        return found.Outcome switch
        {
            // It may be slower in between.
            BreakEvenOutcome.FasterFrom => $"faster than sequential {(size < found.Value ? "for good " : "")}from {point} on {interval}",
            BreakEvenOutcome.FasterUpTo => $"faster than sequential up to {point} only {interval}",
            BreakEvenOutcome.AlwaysFaster => $"faster than sequential at every size measured, {range}",
            BreakEvenOutcome.NeverFaster => $"faster than sequential at no size measured, {range}",
            _ => $"undecided from which size on it is faster than sequential: {found.Reason}",
        };
    }

    private static (long Size, double[] LogRatios)[] Points(Recommendation recommendation, IReadOnlyList<RunResult> runs)
    {
        // Another number of tasks is other work, and has another break-even point.
        int tasks = runs.First(run => run.IsValid && run.Workload == recommendation.Workload && run.Size == recommendation.Size).Tasks;
        ILookup<(long Size, string Model), RunResult> valid = runs
            .Where(run => run.IsValid && run.Workload == recommendation.Workload && run.Tasks == tasks)
            .ToLookup(run => (run.Size, run.Model));
        return
        [
            .. valid.Select(kind => kind.Key.Size).Distinct().Order()
                .Select(size => (size, PairedRounds.LogRatios(valid[(size, recommendation.Model!)], valid[(size, SequentialModel.ModelId)])))
                .Where(point => point.Item2.Length > 0),
        ];
    }
}
