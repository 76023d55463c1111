using System.Globalization;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Comparisons;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Comparisons;

/// <summary>Two experiments compared, in words.</summary>
public static class ComparisonText
{
    /// <summary>What the limit makes of it, e.g. <c>None of 8 is shown to be slower than 1.10 times.</c></summary>
    /// <returns>A sentence; null without a limit.</returns>
    public static string? Outcome(ExperimentComparison comparison)
    {
        if (comparison.FailAbove is not { } limit)
            return null;
        int regressions = comparison.Runs.Count(runs => runs.IsRegression);
        string others = comparison.Runs.Any(runs => runs is { IsRegression: true, HasOtherResults: true }) ? ", failed, or came to other results" : ", or failed";
        return regressions > 0 ? $"{regressions} of {comparison.Runs.Count} became slower than {Limit(limit)} times{others}."
            : comparison.IsUndecidable ? $"Not decided: too few rounds to tell what is slower than {Limit(limit)} times."
            : $"None of {comparison.Runs.Count} is shown to be slower than {Limit(limit)} times.";
    }

    /// <summary>What may be slower than the limit; empty where nothing is.</summary>
    public static string Doubts(ExperimentComparison comparison) => comparison.Runs.Count(runs => runs.IsDoubtful) is > 0 and var doubtful
        ? $" {doubtful}{(comparison.HasRegression ? " more" : "")} may be: above {Limit(comparison.FailAbove)}, but not shown to be."
        : "";

    /// <summary>A limit as it was given, e.g. <c>1.10</c> or <c>1.005</c>.</summary>
    public static string Limit(double? limit) => limit?.ToString("0.00##", CultureInfo.InvariantCulture) ?? Figures.None;

    public static string VerdictOf(ComparedRuns runs) =>
        runs.AfterMs is null ? "failed"
        : runs.BeforeMs is null ? "failed before"
        : runs.HasOtherResults ? "other results" + (runs.IsRegression ? ", regression" : "")
        : runs is { IsRegression: true, Verdict: not Verdict.Slower } ? "regression"
        : Figures.Verdict(runs.Verdict) + (runs.IsRegression ? ", regression" : "");

    /// <summary>The medians, and their ratio with its interval.</summary>
    public static string FiguresOf(ComparedRuns runs) =>
        $"{Milliseconds(runs.BeforeMs)} before, {Milliseconds(runs.AfterMs)} after"
        + (runs.Ratio is null ? "" : $": {Figures.Ratio(runs.Ratio)} times as long (95 % CI {Figures.Ratio(runs.RatioLow)} to {Figures.Ratio(runs.RatioHigh)})");

    private static string Milliseconds(double? milliseconds) => milliseconds is null ? "no valid run" : $"{Figures.Milliseconds(milliseconds)} ms";
}
