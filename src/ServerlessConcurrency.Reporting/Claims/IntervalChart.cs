using ServerlessConcurrency.Reporting.Charts;
using ServerlessConcurrency.Reporting.Html;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Claims;

/// <summary>
/// Figures with their intervals on one axis: a row for each name, in it a mark and a line for each side. As in
/// a strip chart, places are percentages, so that the chart fits any width while its text keeps its size.
/// </summary>
internal static class IntervalChart
{
    // The values beside a row are lines of the same height, see report.css.
    private const double LaneHeight = 20;

    public static void Write(HtmlWriter html, string caption, IReadOnlyList<SidedFigure> figures, IReadOnlyList<double> bounds)
    {
        Axis axis = Axis.Of(AxisScale.Fitting, [.. figures.SelectMany(
            one => new[] { one.Figure.Low, one.Figure.Estimate, one.Figure.High }), .. bounds]);
        html.WriteLine(
            $"""
            <figure class="chart"><figcaption>{caption}{(axis.IsLogarithmic ? " (logarithmic scale)" : "")}</figcaption>
            <div class="strips valued">
            """);
        foreach (IGrouping<string, SidedFigure> row in figures.GroupBy(one => one.Figure.Name))
            WriteRow(html, axis, row.Key, [.. row], bounds);
        StripAxis.WriteTicks(html, axis);
        html.WriteLine(
            $"""
            <span></span>
            </div>
            """);
        WriteLegend(html, figures, bounds);
        html.WriteLine($"</figure>");
    }

    private static void WriteRow(HtmlWriter html, Axis axis, string name, List<SidedFigure> figures, IReadOnlyList<double> bounds)
    {
        double height = LaneHeight * figures.Count;
        html.Write($"""<span class="strip-name">{name}</span><svg class="strip sided" role="img" aria-label="{name}: {string.Join("; ", figures.Select(Description))}" width="100%" height="{height}">""");
        StripAxis.WriteGrid(html, axis, height);
        foreach (double bound in bounds)
            StripAxis.WriteVertical(html, "bound", axis, bound, 0, height);
        for (int lane = 0; lane < figures.Count; lane++)
            if (figures[lane].IsDrawn)
                WriteFigure(html, axis, figures[lane], (lane + 0.5) * LaneHeight);
        html.Write($"""</svg><span class="values">""");
        foreach (SidedFigure one in figures)
            html.Write($"""<span class="m{one.Side.Colour}">{ClaimText.Figure(one.Figure)}</span>""");
        html.WriteLine($"</span>");
    }

    private static void WriteFigure(HtmlWriter html, Axis axis, SidedFigure one, double middle)
    {
        html.Write($"""<g class="m{one.Side.Colour}"><title>{one.Figure.Name}, {Description(one)}</title><line class="whisker" x1="{StripAxis.Place(axis, one.Low)}" x2="{StripAxis.Place(axis, one.High)}" y1="{middle}" y2="{middle}"/>""");
        html.Write($"""<svg x="{StripAxis.Place(axis, one.Figure.Estimate)}" y="{middle}" overflow="visible" aria-hidden="true"><path class="mark" d="{ChartMark.Path(one.Side.Mark, 0, 0)}"/></svg></g>""");
    }

    private static void WriteLegend(HtmlWriter html, IReadOnlyList<SidedFigure> figures, IReadOnlyList<double> bounds)
    {
        html.Write($"""<p class="legend">""");
        foreach (ClaimSide side in figures.Select(one => one.Side).Distinct())
            html.Write($"""<span><svg class="sided" width="22" height="14" aria-hidden="true"><g class="m{side.Colour}"><line class="whisker" x1="1" x2="21" y1="7" y2="7"/><path class="mark" d="{ChartMark.Path(side.Mark, 11, 7)}"/></g></svg>{side.Name}, with its 95 % confidence interval</span>""");
        if (bounds.Count > 0)
            html.Write($"""<span><svg class="sided" width="14" height="14" aria-hidden="true"><line class="bound" x1="7" x2="7" y1="0" y2="14"/></svg>bound of a verdict: {string.Join(", ", bounds.Select(bound => Figures.Quantity(bound)))}</span>""");
        html.WriteLine($"</p>");
    }

    private static string Description(SidedFigure one) => $"{one.Side.Name} {ClaimText.Figure(one.Figure)}";
}
