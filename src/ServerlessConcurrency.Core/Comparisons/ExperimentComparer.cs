using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Comparisons;

/// <summary>
/// Compares two experiments: a pure function. Their rounds were not measured together and so are not paired: the ratio of medians has a
/// bootstrap interval over both samples, and the verdict follows <see cref="Decision"/>.
/// </summary>
public static class ExperimentComparer
{
    /// <summary>Checks what the format leaves open: a run that counts took no time.</summary>
    /// <returns>What keeps it from being compared.</returns>
    public static IReadOnlyList<SpecError> Check(ExperimentDocument document) =>
    [
        .. document.Runs.Index().Where(run => run.Item is { IsValid: true, WallMs: not (> 0 and < double.PositiveInfinity) })
            .Select(run => new SpecError(
                FormattableString.Invariant($"runs[{run.Index}].wallMs"), FormattableString.Invariant($"{run.Item.WallMs} is out of range; expected a time above 0"))),
    ];

    /// <param name="failAbove">Ratios shown to be above this are regressions, 1 or more; null: only tell.</param>
    /// <returns>The comparison; without runs where the experiments have nothing in common.</returns>
    public static ExperimentComparison Compare(ExperimentDocument before, ExperimentDocument after, double? failAbove = null)
    {
        ILookup<ComparedKind, RunResult> earlier = ByKind(before);
        ILookup<ComparedKind, RunResult> later = ByKind(after);
        ComparedKind[] common = CommonKinds(before.Spec, earlier, later);
        bool SameResults(ComparedKind kind) =>
            before.Spec.Seed == after.Spec.Seed && new[] { before, after }.All(document => IsCompared(document.Spec, kind));
        ComparedPair[] all = [.. common.Select(kind => new ComparedPair(kind, earlier[kind], later[kind], SameResults(kind), before.Spec.Seed))];
        ComparedPair[] pairs = [.. all.Where(pair => pair.HasBoth)];
        RegressionLimit? limit = failAbove is { } bound ? new RegressionLimit(bound, pairs) : null;
        return new ExperimentComparison
        {
            Before = before.Id,
            After = after.Id,
            BeforeEnvironment = before.Environment,
            AfterEnvironment = after.Environment,
            FailAbove = failAbove,
            Runs = Judge(all, pairs, limit, failAbove),
            OnlyBefore = [.. earlier.Select(group => group.Key).Except(common).Select(kind => kind.ToString())],
            OnlyAfter = [.. later.Select(group => group.Key).Except(common).Select(kind => kind.ToString())],
            Notes =
            [
                .. ComparisonNotes.On(before, after, pairs),
                .. common.SelectMany(kind => ComparisonNotes.OnDegree(kind, earlier[kind].First(), later[kind].First())),
            ],
            Warnings = [.. ComparisonNotes.Warnings(pairs, limit, failAbove)],
            RoundsNeeded = ComparisonNotes.RoundsNeeded(pairs),
        };
    }

    // Where a task has other results each time, or none, they tell nothing.
    private static bool IsCompared(ExperimentSpec spec, ComparedKind kind) =>
        spec.Workloads.All(workload => (workload.Kind, workload.Size) != (kind.Workload, kind.Size) || workload.IsCompared);

    private static ILookup<ComparedKind, RunResult> ByKind(ExperimentDocument document) =>
        document.Runs.ToLookup(run => new ComparedKind(run.Workload, run.Size, run.Tasks, run.Model));

    private static ComparedKind[] CommonKinds(
        ExperimentSpec spec, ILookup<ComparedKind, RunResult> earlier, ILookup<ComparedKind, RunResult> later)
    {
        List<(string, long)> workloads = [.. spec.Workloads.Select(workload => (workload.Kind, workload.Size))];
        List<string> models = [.. spec.Models];
        return
        [
            .. earlier.Select(group => group.Key).Where(later.Contains)
                .OrderBy(kind => workloads.IndexOf((kind.Workload, kind.Size)))
                .ThenBy(kind => models.IndexOf(kind.Model)),
        ];
    }

    private static ComparedRuns[] Judge(ComparedPair[] all, ComparedPair[] pairs, RegressionLimit? limit, double? failAbove)
    {
        double[] adjusted = HolmCorrection.Adjust([.. pairs.Select(pair => pair.PValue)]);
        bool[]? exceeded = limit?.Exceeded();
        double[]? limitPValues = limit?.AdjustedPValues;
        Dictionary<ComparedKind, ComparedRuns> judged = pairs.Select((pair, index) =>
        {
            bool isRegression = exceeded is not null && (exceeded[index] || pair.HasOtherResults);
            return (pair.Kind, Runs: Judge(Describe(pair, isRegression), pair.Ratio, adjusted[index]) with
            {
                LimitPValue = limitPValues?[index],
                IsUndecidable = limit?.CanBeJudged(pair) == false,
                IsDoubtful = pair.Ratio.Estimate > failAbove && !isRegression,
            });
        }).ToDictionary(entry => entry.Kind, entry => entry.Runs);
        return [.. all.Select(pair => judged.GetValueOrDefault(pair.Kind) ?? Describe(pair, isRegression: limit is not null && pair.Before.Length > 0))];
    }

    private static ComparedRuns Describe(ComparedPair pair, bool isRegression) => new()
    {
        Workload = pair.Kind.Workload,
        Size = pair.Kind.Size,
        Tasks = pair.Kind.Tasks,
        Model = pair.Kind.Model,
        BeforeMs = pair.Before.Length == 0 ? null : pair.Before.Median(),
        AfterMs = pair.After.Length == 0 ? null : pair.After.Median(),
        HasOtherResults = pair.HasOtherResults,
        IsRegression = isRegression,
    };

    private static ComparedRuns Judge(ComparedRuns runs, ConfidenceInterval ratio, double adjustedPValue) => runs with
    {
        Ratio = ratio.Estimate,
        RatioLow = ratio.Low,
        RatioHigh = ratio.High,
        AdjustedPValue = adjustedPValue,
        // The other way round it is a speed-up.
        Verdict = Decision.On(new ConfidenceInterval(1 / ratio.Estimate, 1 / ratio.High, 1 / ratio.Low, ratio.Coverage), adjustedPValue),
    };
}
