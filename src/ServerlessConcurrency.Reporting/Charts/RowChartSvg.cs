using System.Globalization;
using ServerlessConcurrency.Reporting.Html;

namespace ServerlessConcurrency.Reporting.Charts;

/// <summary>
/// A row chart in SVG. Each row is an SVG of its own whose places are percentages, so that the chart fits any width while its text keeps its size.
/// </summary>
internal static class RowChartSvg
{
    // The values beside a row are lines of the same height, see report.css.
    private const double LaneHeight = 20;
    private const double StripHeight = 32;

    public static void Write(HtmlWriter html, RowChart chart)
    {
        bool isOfRuns = chart.Rows.Any(row => row.Dots.Count > 0);
        html.WriteLine($"""<div class="strips {(isOfRuns ? "runs" : "valued")}">""");
        foreach (ChartRow row in chart.Rows)
        {
            if (isOfRuns)
                WriteRuns(html, chart.Axis, row);
            else
                WriteFigures(html, chart, row);
        }

        StripAxis.WriteTicks(html, chart.Axis);
        html.WriteLine(
            $"""
            {(isOfRuns ? "" : " ")}
            </div>
            """);
        if (isOfRuns)
            WriteLegendOfRuns(html, chart);
        else
            WriteLegendOfFigures(html, chart);
    }

    private static void WriteRuns(HtmlWriter html, Axis axis, ChartRow row)
    {
        const double Middle = StripHeight / 2;
        html.Write($"""<span class="strip-name">{row.Name}</span><svg class="strip" role="img" aria-label="{row.Description}" width="100%" height="{StripHeight}">""");
        StripAxis.WriteGrid(html, axis, StripHeight);
        for (int index = 0; index < row.Dots.Count; index++)
            WriteDot(html, axis, row.Dots[index], Middle + (((index + 0.5) / row.Dots.Count) - 0.5) * (StripHeight - 14));
        foreach (RowMark mark in row.Marks)
        {
            html.Write($"""<line class="interval" x1="{StripAxis.Place(axis, mark.Low)}" x2="{StripAxis.Place(axis, mark.High)}" y1="{Middle}" y2="{Middle}"/>""");
            StripAxis.WriteVertical(html, "median", axis, mark.Estimate, 4, StripHeight - 4);
        }

        html.WriteLine($"</svg>");
    }

    private static void WriteDot(HtmlWriter html, Axis axis, RowDot dot, double y)
    {
        string place = StripAxis.Place(axis, dot.Value);
        if (dot.IsValid)
            html.Write($"""<circle class="dot" cx="{place}" cy="{Pixels(y)}" r="3"><title>{dot.Title}</title></circle>""");
        else
            html.Write($"""<text class="invalid" x="{place}" y="{Pixels(y + 4)}">×<title>{dot.Title}</title></text>""");
    }

    private static void WriteFigures(HtmlWriter html, RowChart chart, ChartRow row)
    {
        double height = LaneHeight * row.Marks.Count;
        html.Write($"""<span class="strip-name">{row.Name}</span><svg class="strip sided" role="img" aria-label="{row.Description}" width="100%" height="{height}">""");
        StripAxis.WriteGrid(html, chart.Axis, height);
        foreach (double bound in chart.Bounds)
            StripAxis.WriteVertical(html, "bound", chart.Axis, bound, 0, height);
        for (int lane = 0; lane < row.Marks.Count; lane++)
            if (double.IsFinite(row.Marks[lane].Estimate))
                WriteFigure(html, chart.Axis, row, row.Marks[lane], (lane + 0.5) * LaneHeight);
        html.Write($"""</svg><span class="values">""");
        foreach (RowMark mark in row.Marks)
            html.Write($"""<span class="m{mark.Style}">{mark.Text}</span>""");
        html.WriteLine($"</span>");
    }

    private static void WriteFigure(HtmlWriter html, Axis axis, ChartRow row, RowMark mark, double middle)
    {
        html.Write($"""<g class="m{mark.Style}"><title>{row.Name}, {mark.Name} {mark.Text}</title><line class="whisker" x1="{StripAxis.Place(axis, mark.Low)}" x2="{StripAxis.Place(axis, mark.High)}" y1="{middle}" y2="{middle}"/>""");
        html.Write($"""<svg x="{StripAxis.Place(axis, mark.Estimate)}" y="{middle}" overflow="visible" aria-hidden="true"><path class="mark" d="{ChartMark.Path(mark.Mark, 0, 0)}"/></svg></g>""");
    }

    private static void WriteLegendOfRuns(HtmlWriter html, RowChart chart)
    {
        html.Write($"""<p class="legend"><span><svg width="14" height="14" aria-hidden="true"><circle class="dot" cx="7" cy="7" r="3"/></svg>one run, rounds from top to bottom</span>""");
        html.Write($"""<span><svg width="14" height="14" aria-hidden="true"><line class="median" x1="7" x2="7" y1="1" y2="13"/></svg>median</span>""");
        html.Write($"""<span><svg width="22" height="14" aria-hidden="true"><line class="interval" x1="2" x2="20" y1="7" y2="7"/></svg>its 95 % confidence interval</span>""");
        if (chart.Rows.Any(row => row.Dots.Any(dot => !dot.IsValid)))
            html.Write($"""<span><svg width="14" height="14" aria-hidden="true"><text class="invalid" x="7" y="12">×</text></svg>failed run, not averaged; at the edge: off the scale</span>""");
        WriteNotes(html, chart);
    }

    private static void WriteLegendOfFigures(HtmlWriter html, RowChart chart)
    {
        html.Write($"""<p class="legend">""");
        // Names of rows say what marks of one kind are.
        if (chart.Rows.Any(row => row.Marks.Count > 1))
        {
            foreach (RowMark mark in chart.Rows.SelectMany(row => row.Marks).DistinctBy(mark => mark.Name))
                html.Write($"""<span><svg class="sided" width="22" height="14" aria-hidden="true"><g class="m{mark.Style}"><line class="whisker" x1="1" x2="21" y1="7" y2="7"/><path class="mark" d="{ChartMark.Path(mark.Mark, 11, 7)}"/></g></svg>{mark.Name}</span>""");
        }

        WriteNotes(html, chart);
    }

    private static void WriteNotes(HtmlWriter html, RowChart chart)
    {
        foreach (string note in chart.Notes)
            html.Write($"<span>{note}</span>");
        html.WriteLine($"</p>");
    }

    private static string Pixels(double pixels) => pixels.ToString("0.#", CultureInfo.InvariantCulture);
}
