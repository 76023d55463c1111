using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Reporting.Charts;
using ServerlessConcurrency.Reporting.Html;

namespace ServerlessConcurrency.Reporting.Claims;

/// <summary>The charts of a claim: all sides in one, lines where the figures have a place on an axis, else intervals.</summary>
internal static class ClaimCharts
{
    /// <summary>Writes a chart for each <see cref="ClaimFigure.Chart"/>, in the order in which they first appear.</summary>
    public static void Write(HtmlWriter html, ClaimResult claim)
    {
        List<SidedFigure> figures = [.. claim.Sides.SelectMany(
            side => side.Evidence.Figures.Select(figure => new SidedFigure(ClaimSide.Of(side.Side), figure)))];
        foreach (IGrouping<(string Chart, string Unit, bool HasPlaces), SidedFigure> chart in figures.GroupBy(
            one => (one.Figure.Chart, one.Figure.Unit, one.Figure.X is not null)))
        {
            string caption = $"{chart.Key.Chart}, {chart.Key.Unit}";
            if (chart.Key.HasPlaces)
                LineChart.Of(caption, chart.First().Figure.Axis ?? "", Lines([.. chart]), AxisScale.Fitting, AxisScale.Fitting)?.Write(html);
            else
                IntervalChart.Of(caption, [.. chart], [.. chart.Select(one => one.Figure.Bound).OfType<double>().Distinct()]).Write(html);
        }
    }

    private static List<ChartLine> Lines(IReadOnlyList<SidedFigure> figures)
    {
        List<string> names = [.. figures.Select(one => one.Figure.Name).Distinct()];
        return
        [
            .. figures.GroupBy(one => (one.Figure.Name, one.Side)).Select(line => new ChartLine(
                $"{line.Key.Name}, {line.Key.Side.Name}",
                names.IndexOf(line.Key.Name) + 1,
                [.. line.Where(one => one.IsDrawn).OrderBy(one => one.Figure.X).Select(PointOf)],
                [],
                line.Key.Side.Mark)),
        ];
    }

    private static ChartPoint PointOf(SidedFigure one) => new(one.Figure.X!.Value, one.Figure.Estimate, one.Low, one.High);
}
