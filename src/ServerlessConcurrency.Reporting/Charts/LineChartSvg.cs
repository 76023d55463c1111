using System.Globalization;
using ServerlessConcurrency.Reporting.Html;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Charts;

/// <summary>A line chart in SVG.</summary>
internal static class LineChartSvg
{
    private const double Height = 380;
    private const double Left = 64;
    private const double Right = 620;
    private const double Top = 8;
    private const double Bottom = 332;
    private const double LineOfText = 14;

    // Of a bold letter, on average, of a digit, and of the space around a name.
    private const double LetterWidth = 8;
    private const double DigitWidth = 7;
    private const double NameMargin = 16;
    private const double LeastNameWidth = 140;
    private const double NumberMargin = 6;

    public static void Write(HtmlWriter html, LineChart chart)
    {
        // Names stand at the ends of lines; where there are none, or all end at the same height, below the chart.
        bool isNamedAtEnds = chart.Lines.All(line => line.Shape == LineShape.Straight);
        double left = Math.Min(0, Left - NumberMargin - chart.Y.Ticks.Max(WidthOf));
        double right = Right + (isNamedAtEnds ? NameWidth(chart.Lines) : Math.Max(NameMargin, WidthOf(chart.X.Ticks[^1]) / 2));
        html.WriteLine($"""<svg class="lines" role="img" aria-label="{chart.Description}" viewBox="{Pixels(left)} 0 {Pixels(right - left)} {Height}">""");
        WriteGrid(html, chart);
        foreach (ChartLine line in chart.Lines)
            WriteLine(html, chart.X, chart.Y, line);
        if (isNamedAtEnds)
            WriteNames(html, chart.X, chart.Y, [.. chart.Lines]);
        html.WriteLine($"</svg>");
        WriteLegend(html, chart, isNamedAtEnds);
    }

    private static double WidthOf(double tick) => DigitWidth * LineChart.Number(tick).Length;

    private static double NameWidth(IReadOnlyList<ChartLine> lines) =>
        Math.Max(LeastNameWidth, (lines.Max(line => line.Name.Length) * LetterWidth) + NameMargin);

    private static void WriteGrid(HtmlWriter html, LineChart chart)
    {
        bool isOfWhole = chart.Lines.All(line => line.Points.All(point => double.IsInteger(point.X)));
        foreach (double tick in chart.X.Ticks.Where(tick => !isOfWhole || double.IsInteger(tick)))
            html.WriteLine($"""<line class="grid" x1="{X(chart.X, tick)}" x2="{X(chart.X, tick)}" y1="{Top}" y2="{Bottom}"/><text class="tick" x="{X(chart.X, tick)}" y="{Bottom + 18}">{LineChart.Number(tick)}</text>""");
        foreach (double tick in chart.Y.Ticks)
            html.WriteLine($"""<line class="grid" x1="{Left}" x2="{Right}" y1="{Y(chart.Y, tick)}" y2="{Y(chart.Y, tick)}"/><text class="value" x="{Left - NumberMargin}" y="{Pixels(YOf(chart.Y, tick) + 4)}">{LineChart.Number(tick)}</text>""");
        html.WriteLine($"""<text class="tick" x="{(Left + Right) / 2}" y="{Height - 8}">{chart.Across}</text>""");
    }

    private static void WriteLine(HtmlWriter html, Axis across, Axis up, ChartLine line)
    {
        html.Write($"""<g class="m{line.Style % LineChart.Styles}">""");
        if (line.Curve.Count > 0)
            html.Write($"""<polyline class="curve" points="{Path(across, up, line.Curve)}"/>""");
        if (line.Shape != LineShape.None)
            html.Write($"""<polyline class="line" points="{Path(across, up, line.Shape == LineShape.Straight ? line.Points : Steps(line.Points))}"/>""");
        // The corners of steps say it all.
        foreach (ChartPoint point in line.Shape is LineShape.Step or LineShape.Frontier ? [] : line.Points)
        {
            if (point.Low < point.High)
                html.Write($"""<line class="whisker" x1="{X(across, point.X)}" x2="{X(across, point.X)}" y1="{Y(up, point.Low)}" y2="{Y(up, point.High)}"/>""");
            html.Write($"""<path class="mark" d="{ChartMark.Path(line.Mark ?? line.Style, XOf(across, point.X), YOf(up, point.Y))}"><title>{line.Name}{(point.Label is null ? "" : $", {point.Label}")} at {LineChart.Number(point.X)}: {Figures.Quantity(point.Y)}{(point.Low < point.High ? $" ({Figures.Quantity(point.Low)} to {Figures.Quantity(point.High)})" : "")}</title></path>""");
        }

        html.WriteLine($"</g>");
    }

    private static List<ChartPoint> Steps(IReadOnlyList<ChartPoint> points) =>
        [points[0], .. points.Zip(points.Skip(1)).SelectMany(pair => new[] { pair.First with { X = pair.Second.X }, pair.Second })];

    // At the right end of each line, moved apart where lines end close to each other.
    private static void WriteNames(HtmlWriter html, Axis across, Axis up, List<ChartLine> lines)
    {
        lines.Sort((one, other) => YOf(up, one.Points[^1].Y).CompareTo(YOf(up, other.Points[^1].Y)));
        double[] places = [.. lines.Select(line => YOf(up, line.Points[^1].Y))];
        for (int index = 1; index < places.Length; index++)
            places[index] = Math.Max(places[index], places[index - 1] + LineOfText);
        for (int index = places.Length - 1; index >= 0; index--)
            places[index] = Math.Min(places[index], Bottom - ((places.Length - 1 - index) * LineOfText));
        for (int index = 0; index < places.Length; index++)
        {
            ChartPoint end = lines[index].Points[^1];
            html.WriteLine($"""<g class="m{lines[index].Style % LineChart.Styles}"><line class="leader" x1="{Pixels(XOf(across, end.X) + 6)}" y1="{Y(up, end.Y)}" x2="{Right + 4}" y2="{Pixels(places[index])}"/><text class="name" x="{Right + 8}" y="{Pixels(places[index] + 4)}">{lines[index].Name}</text></g>""");
        }
    }

    private static void WriteLegend(HtmlWriter html, LineChart chart, bool isNamedAtEnds)
    {
        html.Write($"""<p class="legend">""");
        foreach (ChartLine line in isNamedAtEnds ? [] : chart.Lines)
            html.Write($"""<span class="named"><svg class="lines key m{line.Style % LineChart.Styles}" width="18" height="14" aria-hidden="true"><path class="mark" d="{ChartMark.Path(line.Mark ?? line.Style, 9, 7)}"/></svg>{line.Name}</span>""");
        if (chart.Lines.Any(line => line.Points.Any(point => point.Low < point.High)))
            html.Write($"<span>mark: estimate (a median unless said otherwise); vertical line: its 95 % confidence interval</span>");
        if (chart.Lines.Any(line => line.Curve.Count > 0))
            html.Write($"<span>dashed: fitted Universal Scalability Law</span>");
        html.WriteLine($"</p>");
    }

    private static string Path(Axis across, Axis up, IReadOnlyList<ChartPoint> points) =>
        string.Join(' ', points.Select(point => $"{X(across, point.X)},{Y(up, point.Y)}"));

    private static double XOf(Axis axis, double value) => Left + ((Right - Left) * axis.Percent(value) / 100);

    private static double YOf(Axis axis, double value) => Bottom - ((Bottom - Top) * axis.Percent(value) / 100);

    private static string X(Axis axis, double value) => Pixels(XOf(axis, value));

    private static string Y(Axis axis, double value) => Pixels(YOf(axis, value));

    private static string Pixels(double pixels) => pixels.ToString("0.#", CultureInfo.InvariantCulture);
}
