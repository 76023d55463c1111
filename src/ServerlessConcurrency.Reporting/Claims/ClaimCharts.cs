using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Reporting.HtmlReport;

namespace ServerlessConcurrency.Reporting.Claims;

/// <summary>The charts of a claim: all sides in one, lines where the figures have a place on an axis, else intervals.</summary>
internal static class ClaimCharts
{
    private const string Over = " over ";

    /// <summary>Writes a chart for each <see cref="ClaimFigure.Chart"/>, in the order in which they first appear.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="claim">The claim.</param>
    public static void Write(HtmlWriter html, ClaimResult claim)
    {
        List<SidedFigure> figures = [.. claim.Sides.SelectMany(
            side => side.Evidence.Figures.Select(figure => new SidedFigure(ClaimSide.Of(side.Side), figure)))];
        ClaimCriterion[] criteria = [.. claim.Sides.SelectMany(side => side.Evidence.Criteria)];
        foreach (IGrouping<(string Chart, string Unit, bool), SidedFigure> chart in figures.GroupBy(
            one => (one.Figure.Chart, one.Figure.Unit, one.Figure.X is not null)))
        {
            (string title, string unit, bool hasPlaces) = chart.Key;
            if (hasPlaces)
                LineChart.Write(html, $"{title}, {unit}", Variable(title), Lines([.. chart]), AxisScale.Fitting);
            else
                IntervalChart.Write(html, $"{title}, {unit}", [.. chart], Bounds([.. chart], criteria));
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

    // A chart is called after what is on its axes, e.g. "round trip over message size in bytes".
    private static string Variable(string title)
    {
        int at = title.LastIndexOf(Over, StringComparison.Ordinal);
        return at < 0 ? "" : title[(at + Over.Length)..];
    }

    // A criterion names no chart: it belongs to the one that shows its figure.
    private static double[] Bounds(IReadOnlyList<SidedFigure> figures, IReadOnlyList<ClaimCriterion> criteria) =>
    [
        .. criteria
            .Where(criterion => criterion.Comparison is ClaimComparison.Above or ClaimComparison.Below
                && figures.Any(one => one.Figure.Unit == criterion.Unit
                    && one.Figure.Estimate == criterion.Estimate
                    && one.Figure.Low == criterion.Low
                    && one.Figure.High == criterion.High))
            .Select(criterion => criterion.Bound)
            .Distinct(),
    ];
}
