using System.Globalization;
using ServerlessConcurrency.Reporting.Html;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Charts;

/// <summary>Lines or points over two axes: a mark for each value, a whisker for its interval, a dashed line for a fitted law.</summary>
/// <param name="Across">What the horizontal axis shows.</param>
/// <param name="Up">What the vertical axis shows, where the caption does not say it.</param>
internal sealed record LineChart(string Caption, string Across, string Up, Axis X, Axis Y, IReadOnlyList<ChartLine> Lines) : Chart(Caption)
{
    /// <summary>How many colours there are.</summary>
    public const int Styles = 10;

    public override string Kind => "lines";

    public override string Description =>
        $"{Caption}: {string.Join("; ", Lines.Select(
            line => $"{line.Name} from {Figures.Quantity(line.Points[0].Y)} at {Number(line.Points[0].X)} to {Figures.Quantity(line.Points[^1].Y)} at {Number(line.Points[^1].X)}"))}";

    protected override string Scales => (X.IsLogarithmic, Y.IsLogarithmic) switch
    {
        (true, true) => " (both axes logarithmic)",
        (true, false) => " (horizontal axis logarithmic)",
        (false, true) => " (vertical axis logarithmic)",
        _ => "",
    };

    /// <returns>The chart of the lines that have points; null where none has.</returns>
    public static LineChart? Of(string caption, string across, IReadOnlyList<ChartLine> lines, AxisScale x, AxisScale y, string up = "")
    {
        ChartLine[] drawn = [.. lines.Where(line => line.Points.Count > 0)];
        List<ChartPoint> shown = [.. drawn.SelectMany(line => line.Points.Concat(line.Curve))];
        return drawn.Length == 0 ? null : new LineChart(
            caption,
            across,
            up,
            Axis.Of(x, [.. shown.Select(point => point.X)]),
            Axis.Of(y, [.. shown.SelectMany(point => new[] { point.Low, point.Y, point.High })]),
            drawn);
    }

    protected override void WriteSvg(HtmlWriter html) => LineChartSvg.Write(html, this);

    internal static string Number(double value) => value.ToString("#,##0.######", CultureInfo.InvariantCulture);
}
