using ServerlessConcurrency.Reporting.Charts;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Claims;

/// <summary>Figures with their intervals on one axis: a row for each name, in it a mark and a line for each side.</summary>
internal static class IntervalChart
{
    public static RowChart Of(string caption, IReadOnlyList<SidedFigure> figures, IReadOnlyList<double> bounds) => new(
        caption,
        Axis.Of(AxisScale.Fitting, [.. figures.SelectMany(one => new[] { one.Figure.Low, one.Figure.Estimate, one.Figure.High }), .. bounds]),
        [.. figures.GroupBy(one => one.Figure.Name).Select(RowOf)],
        bounds,
        [
            "mark: estimate; line: its 95 % confidence interval",
            .. bounds.Count == 0 ? Array.Empty<string>() : [$"dashed line, bound of a verdict: {string.Join(", ", bounds.Select(bound => Figures.Quantity(bound)))}"],
        ]);

    private static ChartRow RowOf(IGrouping<string, SidedFigure> row) => new(
        row.Key,
        $"{row.Key}: {string.Join("; ", row.Select(one => $"{one.Side.Name} {ClaimText.Figure(one.Figure)}"))}",
        [.. row.Select(one => new RowMark(one.Side.Name, one.Side.Colour, one.Side.Mark, ClaimText.Figure(one.Figure), one.Figure.Estimate, one.Low, one.High))],
        []);
}
