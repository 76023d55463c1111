using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Wording;
using ServerlessConcurrency.Reporting.Charts;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>The wall time of every run by model: dots for runs, a mark for the median, a line for its confidence interval.</summary>
internal static class StripChart
{
    /// <summary>The most dots that are drawn for a model: more would only cover each other.</summary>
    public const int MostDots = 60;

    /// <returns>The chart; null unless there is a run.</returns>
    public static RowChart? Of(ResultTable table)
    {
        if (AxisOf(table) is not { } axis)
            return null;
        int most = table.Rows.Max(row => row.Runs.Count);
        return new RowChart(
            "Wall time of a run, ms",
            axis,
            [.. table.Rows.Where(row => row.Runs.Count > 0).Select(row => RowOf(row, axis))],
            [],
            most <= MostDots ? [] :
            [
                $"Of {Figures.Count(most)} runs a model, {MostDots} are drawn: the fastest, the slowest and others evenly spaced between them; the median and its interval rest on all valid runs.",
            ]);
    }

    private static Axis? AxisOf(ResultTable table)
    {
        List<RunResult> runs = [.. table.Rows.SelectMany(row => row.Runs)];
        if (runs.Count == 0)
            return null;

        // A run that hung until its timeout should not squeeze the valid ones into a corner.
        List<RunResult> shown = runs.Exists(run => run.IsValid) ? runs.FindAll(run => run.IsValid) : runs;
        List<double> values = [.. shown.Select(run => run.WallMs)];
        foreach (ResultRow row in table.Rows)
            if (row.Analysis is { } analysis)
                values.AddRange([analysis.MedianMs, analysis.CiLowMs, analysis.CiHighMs]);
        values.RemoveAll(value => !double.IsFinite(value) || value < 0);
        return values.Count == 0 ? null : Axis.Of(values.Min(), values.Max());
    }

    private static ChartRow RowOf(ResultRow row, Axis axis) => new(
        row.Model,
        Description(row),
        row.Analysis is not { } analysis ? [] :
        [
            new RowMark(
                "median",
                ModelStyle.Of(row.Model),
                0,
                $"{Figures.Milliseconds(analysis.MedianMs)} ms ({Figures.Milliseconds(analysis.CiLowMs)} to {Figures.Milliseconds(analysis.CiHighMs)})",
                analysis.MedianMs,
                analysis.CiLowMs,
                analysis.CiHighMs),
        ],
        [.. Sample(row.Runs).Select(run => new RowDot(run.WallMs, Title(run, axis), run.IsValid))]);

    private static string Title(RunResult run, Axis axis) =>
        $"round {run.Round}: {Figures.Milliseconds(run.WallMs)} ms{(axis.IsBeyond(run.WallMs) ? ", off the scale" : "")}"
        + (run.IsValid ? "" : $", not averaged: {run.Error ?? "failed tasks"}");

    private static string Description(ResultRow row)
    {
        string median = row.Analysis is { } analysis
            ? $"median {Figures.Milliseconds(analysis.MedianMs)} ms, 95 % confidence interval {Figures.Milliseconds(analysis.CiLowMs)} to {Figures.Milliseconds(analysis.CiHighMs)} ms"
            : "no valid run";
        return $"{row.Model}: {median}, {Counted.Of(row.Runs.Count, "run")}, {row.InvalidRuns} of them failed";
    }

    // Evenly spaced by rank, so that the spread stays true, then back in the order of rounds.
    private static List<RunResult> Sample(IReadOnlyList<RunResult> runs)
    {
        if (runs.Count <= MostDots)
            return [.. runs.OrderBy(run => run.Round)];
        List<RunResult> byTime = [.. runs.OrderBy(run => run.WallMs)];
        return [.. Enumerable.Range(0, MostDots)
            .Select(dot => byTime[(int)((long)dot * (byTime.Count - 1) / (MostDots - 1))])
            .OrderBy(run => run.Round)];
    }
}
