using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Experiments;

namespace ServerlessConcurrency.Core.Comparisons;

/// <summary>
/// Compares two experiments: a pure function. Their rounds were not measured together and so are not paired: the ratio of medians has a
/// bootstrap interval over both samples, and the verdict follows <see cref="Decision"/>.
/// </summary>
public static class ExperimentComparer
{
    /// <summary>Compares two experiments.</summary>
    /// <param name="before">The reference.</param>
    /// <param name="after">What is compared with it.</param>
    /// <param name="failAbove">Ratios above this are regressions, 1 or more; null: only tell.</param>
    /// <returns>The comparison; without runs where the experiments have nothing in common.</returns>
    public static ExperimentComparison Compare(ExperimentDocument before, ExperimentDocument after, double? failAbove = null)
    {
        ILookup<Kind, RunResult> earlier = ByKind(before);
        ILookup<Kind, RunResult> later = ByKind(after);
        List<(string, long)> workloads = [.. before.Spec.Workloads.Select(workload => (workload.Kind, workload.Size))];
        List<string> models = [.. before.Spec.Models];
        Kind[] common =
        [
            .. earlier.Select(group => group.Key).Where(later.Contains)
                .OrderBy(kind => workloads.IndexOf((kind.Workload, kind.Size)))
                .ThenBy(kind => models.IndexOf(kind.Model)),
        ];
        Pair[] pairs = [.. common.Select(kind => Pair.Of(kind, earlier[kind], later[kind], before.Spec.Seed))];
        var adjusted = new Queue<double>(HolmCorrection.Adjust([.. pairs.Where(pair => pair.Ratio is not null).Select(pair => pair.PValue)]));
        return new ExperimentComparison
        {
            Before = before.Id,
            After = after.Id,
            BeforeEnvironment = before.Environment,
            AfterEnvironment = after.Environment,
            FailAbove = failAbove,
            Runs = [.. pairs.Select(pair => Judge(pair, pair.Ratio is null ? null : adjusted.Dequeue(), failAbove))],
            OnlyBefore = [.. earlier.Select(group => group.Key).Except(common).Select(kind => kind.ToString())],
            OnlyAfter = [.. later.Select(group => group.Key).Except(common).Select(kind => kind.ToString())],
            Notes = [.. Notes(before, after), .. common.SelectMany(kind => DegreeNotes(kind, earlier[kind].First(), later[kind].First()))],
        };
    }

    private static ILookup<Kind, RunResult> ByKind(ExperimentDocument document) =>
        document.Runs.ToLookup(run => new Kind(run.Workload, run.Size, run.Tasks, run.Model));

    private static ComparedRuns Judge(Pair pair, double? adjustedPValue, double? failAbove)
    {
        var compared = new ComparedRuns
        {
            Workload = pair.Kind.Workload,
            Size = pair.Kind.Size,
            Tasks = pair.Kind.Tasks,
            Model = pair.Kind.Model,
            BeforeMs = pair.Before.Length == 0 ? null : pair.Before.Median(),
            AfterMs = pair.After.Length == 0 ? null : pair.After.Median(),
            AdjustedPValue = adjustedPValue,
            IsRegression = failAbove is not null && pair.Before.Length > 0 && pair.After.Length == 0,
        };
        if (pair.Ratio is not { } ratio)
            return compared;
        // The other way round it is a speed-up.
        var speedup = new ConfidenceInterval(1 / ratio.Estimate, 1 / ratio.High, 1 / ratio.Low, ratio.Coverage);
        Verdict verdict = Decision.On(speedup, adjustedPValue!.Value);
        bool isAbove = ratio.Estimate > failAbove;
        return compared with
        {
            Ratio = ratio.Estimate,
            RatioLow = ratio.Low,
            RatioHigh = ratio.High,
            Verdict = verdict,
            IsRegression = isAbove && verdict == Verdict.Slower,
            IsDoubtful = isAbove && verdict != Verdict.Slower,
        };
    }

    private static IEnumerable<string> Notes(ExperimentDocument before, ExperimentDocument after)
    {
        EnvironmentInfo one = before.Environment;
        EnvironmentInfo other = after.Environment;
        if (one.Cpu != other.Cpu || one.Processors != other.Processors)
            yield return FormattableString.Invariant($"other machines: {one.Processors} x {one.Cpu} before, {other.Processors} x {other.Cpu} after");
        if (one.Runtime != other.Runtime)
            yield return $"other runtimes: {one.Runtime} before, {other.Runtime} after";
        if (one.Engine != other.Engine)
            yield return $"other engines: {one.Engine} before, {other.Engine} after";
        if (before.Spec.ColdStart != after.Spec.ColdStart)
            yield return "only one of them measured cold starts";
        foreach (ExperimentDocument unfinished in new[] { before, after }.Where(document => document.Status != ExperimentStatus.Completed))
            yield return $"{unfinished.Id} is not complete ({unfinished.Status.ToString().ToLowerInvariant()})";
    }

    private static IEnumerable<string> DegreeNotes(Kind kind, RunResult before, RunResult after)
    {
        if (before.Degree != after.Degree)
            yield return FormattableString.Invariant($"{kind}: degree {before.Degree} before, {after.Degree} after");
    }

    private readonly record struct Kind(string Workload, long Size, int Tasks, string Model)
    {
        public override string ToString() => FormattableString.Invariant($"{Workload} {Size} x {Tasks} under {Model}");
    }

    private sealed record Pair(Kind Kind, double[] Before, double[] After, ConfidenceInterval? Ratio, double PValue)
    {
        public static Pair Of(Kind kind, IEnumerable<RunResult> before, IEnumerable<RunResult> after, long seed)
        {
            double[] earlier = Times(before);
            double[] later = Times(after);
            return earlier.Length == 0 || later.Length == 0
                ? new Pair(kind, earlier, later, null, 1)
                : new Pair(kind, earlier, later, BootstrapInterval.OfRatio(later, earlier, seed), MannWhitney.PValue(later, earlier));
        }

        private static double[] Times(IEnumerable<RunResult> runs) => [.. runs.Where(run => run.IsValid).Select(run => run.WallMs)];
    }
}
