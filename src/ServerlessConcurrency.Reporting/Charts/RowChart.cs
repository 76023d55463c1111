using ServerlessConcurrency.Reporting.Html;

namespace ServerlessConcurrency.Reporting.Charts;

/// <summary>Figures on one axis: a row for each name, in it dots for single runs, and marks for estimates with lines for their intervals.</summary>
/// <param name="Rows">The rows; at least one.</param>
/// <param name="Bounds">Where a line goes through all rows.</param>
/// <param name="Notes">What the lines and marks mean, in words.</param>
internal sealed record RowChart(
    string Caption, Axis Axis, IReadOnlyList<ChartRow> Rows, IReadOnlyList<double> Bounds, IReadOnlyList<string> Notes) : Chart(Caption)
{
    public override string Kind => "rows";

    public override string Description => $"{Caption}: {string.Join("; ", Rows.Select(row => row.Description))}";

    protected override string Scales => Axis.IsLogarithmic ? " (logarithmic scale)" : "";

    protected override void WriteSvg(HtmlWriter html) => RowChartSvg.Write(html, this);
}
