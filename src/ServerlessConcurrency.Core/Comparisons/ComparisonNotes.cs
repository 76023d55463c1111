using System.Globalization;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Findings;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Comparisons;

/// <summary>What a reader of a comparison should know of its two experiments.</summary>
internal static class ComparisonNotes
{
    /// <summary>What makes the comparison doubtful.</summary>
    public static IEnumerable<string> On(ExperimentDocument before, ExperimentDocument after, IEnumerable<ComparedPair> pairs)
    {
        EnvironmentInfo one = before.Environment;
        EnvironmentInfo other = after.Environment;
        if (one.Cpu != other.Cpu || one.Processors != other.Processors)
            yield return FormattableString.Invariant($"other machines: {one.Processors} x {one.Cpu} before, {other.Processors} x {other.Cpu} after");
        foreach ((string what, string? was, string? now) in new[]
        {
            ("runtimes", one.Runtime, other.Runtime),
            ("engines", one.Engine, other.Engine),
            ("configurations", one.Configuration, other.Configuration),
            ("versions", one.Version, other.Version),
            ("commits", one.Commit, other.Commit),
            ("garbage collection", one.Gc, other.Gc),
            ("tiered compilation", one.Tiering, other.Tiering),
            ("variables", one.Variables, other.Variables),
            ("Durable backends", one.DurableBackend, other.DurableBackend),
            ("own code", one.OwnCode, other.OwnCode),
        })
        {
            // Documents of earlier versions do not tell all of it.
            if (was is not null && now is not null && was != now)
                yield return $"other {what}: {OrNone(was)} before, {OrNone(now)} after";
        }

        if (before.Spec.ColdStart != after.Spec.ColdStart)
            yield return "only one of them measured cold starts";
        if (before.Spec.Seed != after.Spec.Seed)
            yield return FormattableString.Invariant($"other tasks: seed {before.Spec.Seed} before, {after.Spec.Seed} after, so that their results cannot be compared");
        foreach (ExperimentDocument unfinished in new[] { before, after }.Where(document => document.Status != ExperimentStatus.Completed))
            yield return $"{unfinished.Id} is not complete ({unfinished.Status.ToString().ToLowerInvariant()})";
        foreach (ComparedPair pair in pairs.Where(pair => pair.HasOtherResults))
            yield return $"{pair.Kind}: the same tasks came to other results (checksums differ), so that it is not the same work any more";
    }

    public static IEnumerable<string> OnDegree(ComparedKind kind, RunResult before, RunResult after)
    {
        if (before.Degree != after.Degree)
            yield return FormattableString.Invariant($"{kind}: degree {before.Degree} before, {after.Degree} after");
        else if (before.InFlight != after.InFlight && before.InFlight is not null && after.InFlight is not null)
            yield return FormattableString.Invariant($"{kind}: {Counted.Of(before.InFlight.Value, "task")} in flight before, {after.InFlight} after");
    }

    /// <summary>How many rounds of each experiment it takes to show anything among so many comparisons.</summary>
    /// <returns>The number; null where there are as many, or nothing to compare.</returns>
    public static int? RoundsNeeded(IReadOnlyList<ComparedPair> pairs) =>
        pairs.All(pair => CanBeShown(pair, pairs.Count)) ? null : DecisiveRounds.Fewest(pairs.Count);

    /// <summary>What cannot be shown, whatever the times are.</summary>
    public static IEnumerable<string> Warnings(IReadOnlyList<ComparedPair> pairs, RegressionLimit? limit, double? failAbove)
    {
        if (RoundsNeeded(pairs) is { } needed)
        {
            ComparedPair[] weak = [.. pairs.Where(pair => !CanBeShown(pair, pairs.Count))];
            int rounds = weak.Min(pair => Math.Min(pair.Before.Length, pair.After.Length));
            string which = weak.Length == pairs.Count ? "" : $"{FindingWords.First([.. weak.Select(pair => pair.Kind.ToString())])}: ";
            // The test of the limit has one direction, and takes fewer.
            string what = limit is not null && weak.Any(limit.CanBeJudged) ? "no difference but one beyond the limit" : "no difference";
            yield return string.Create(CultureInfo.InvariantCulture, $"{which}with {Counted.Of(rounds, "round")} and {Counted.Of(pairs.Count, "comparison")} {what} can be shown ")
                + string.Create(CultureInfo.InvariantCulture, $"once it is corrected for their number: measure {needed} rounds or more of each");
        }

        if (limit is null)
            yield break;
        if (limit.UncorrectedError is > 0 and var error)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"too few rounds to correct for {Counted.Of(pairs.Count, "comparison")}: a regression is where every run ")
                + string.Create(CultureInfo.InvariantCulture, $"took more than {failAbove:0.00##} times as long as every run before, which chance does in up to {error:0.0%} of ")
                + "comparisons in which nothing is beyond the limit";
        }

        foreach (ComparedPair pair in pairs.Where(pair => !limit.CanBeJudged(pair)))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{pair.Kind}: {pair.Before.Length} and {Counted.Of(pair.After.Length, "valid round")} cannot show a ")
                + string.Create(CultureInfo.InvariantCulture, $"regression among {Counted.Of(pairs.Count, "comparison")}: measure {limit.RoundsNeeded} or more of each");
        }
    }

    private static bool CanBeShown(ComparedPair pair, int comparisons) => DecisiveRounds.AreEnough(pair.Before.Length, pair.After.Length, comparisons);

    private static string OrNone(string value) => value.Length == 0 ? "none" : value;
}
