using System.Globalization;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Wording;
using ServerlessConcurrency.Reporting.Charts;
using ServerlessConcurrency.Reporting.Html;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>
/// The wall time of every run by model: dots for runs, a tick for the median, a line for its confidence interval. Each model
/// is an SVG of its own whose places are percentages, so that the chart fits any width while its text keeps its size.
/// </summary>
internal static class StripChart
{
    /// <summary>The most dots that are drawn for a model: more would only cover each other.</summary>
    public const int MostDots = 60;

    private const double Height = 32;
    private const double Middle = Height / 2;

    /// <param name="table">The results; nothing is written unless there is a run.</param>
    public static void Write(HtmlWriter html, ResultTable table)
    {
        if (AxisOf(table) is not { } axis)
            return;
        html.WriteLine(
            $"""
            <figure class="chart"><figcaption>Wall time of a run, ms{(axis.IsLogarithmic ? " (logarithmic scale)" : "")}</figcaption>
            <div class="strips">
            """);
        foreach (ResultRow row in table.Rows.Where(row => row.Runs.Count > 0))
            WriteStrip(html, axis, row);
        StripAxis.WriteTicks(html, axis);
        html.WriteLine(
            $"""
            
            </div>
            """);
        WriteLegend(html, table);
        html.WriteLine($"</figure>");
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

    private static void WriteStrip(HtmlWriter html, Axis axis, ResultRow row)
    {
        html.Write($"""<span class="strip-name">{row.Model}</span><svg class="strip" role="img" aria-label="{Description(row)}" width="100%" height="{Height}">""");
        StripAxis.WriteGrid(html, axis, Height);
        List<RunResult> dots = Sample(row.Runs);
        for (int index = 0; index < dots.Count; index++)
            WriteDot(html, axis, dots[index], Middle + (((index + 0.5) / dots.Count) - 0.5) * (Height - 14));
        if (row.Analysis is { } analysis)
        {
            html.Write($"""<line class="interval" x1="{StripAxis.Place(axis, analysis.CiLowMs)}" x2="{StripAxis.Place(axis, analysis.CiHighMs)}" y1="{Middle}" y2="{Middle}"/>""");
            StripAxis.WriteVertical(html, "median", axis, analysis.MedianMs, 4, Height - 4);
        }

        html.WriteLine($"</svg>");
    }

    private static void WriteDot(HtmlWriter html, Axis axis, RunResult run, double y)
    {
        string place = StripAxis.Place(axis, run.WallMs);
        string title = $"round {run.Round}: {Figures.Milliseconds(run.WallMs)} ms{(axis.IsBeyond(run.WallMs) ? ", off the scale" : "")}";
        if (run.IsValid)
            html.Write($"""<circle class="dot" cx="{place}" cy="{Pixels(y)}" r="3"><title>{title}</title></circle>""");
        else
            html.Write($"""<text class="invalid" x="{place}" y="{Pixels(y + 4)}">×<title>{title}, not averaged: {run.Error ?? "failed tasks"}</title></text>""");
    }

    private static void WriteLegend(HtmlWriter html, ResultTable table)
    {
        html.Write($"""<p class="legend"><span><svg width="14" height="14" aria-hidden="true"><circle class="dot" cx="7" cy="7" r="3"/></svg>one run, rounds from top to bottom</span>""");
        html.Write($"""<span><svg width="14" height="14" aria-hidden="true"><line class="median" x1="7" x2="7" y1="1" y2="13"/></svg>median</span>""");
        html.Write($"""<span><svg width="22" height="14" aria-hidden="true"><line class="interval" x1="2" x2="20" y1="7" y2="7"/></svg>its 95 % confidence interval</span>""");
        if (table.Rows.Any(row => row.InvalidRuns > 0))
            html.Write($"""<span><svg width="14" height="14" aria-hidden="true"><text class="invalid" x="7" y="12">×</text></svg>failed run, not averaged; at the edge: off the scale</span>""");
        int most = table.Rows.Max(row => row.Runs.Count);
        if (most > MostDots)
            html.Write($"<span>Of {Figures.Count(most)} runs a model, {MostDots} are drawn: the fastest, the slowest and others evenly spaced between them; the median and its interval rest on all valid runs.</span>");
        html.WriteLine($"</p>");
    }

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

    private static string Pixels(double pixels) => pixels.ToString("0.#", CultureInfo.InvariantCulture);
}
