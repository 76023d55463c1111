using System.Globalization;
using ServerlessConcurrency.Reporting.Html;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Charts;

/// <summary>Lines: a mark for each measured value, a whisker for its interval, a dashed line for a fitted law.</summary>
internal static class LineChart
{
    private const int Styles = 10;
    private const double Height = 380;
    private const double Left = 64;
    private const double Right = 620;
    private const double Top = 8;
    private const double Bottom = 332;
    private const double LineOfText = 14;

    // Of a bold letter, on average, and of the space around a name.
    private const double LetterWidth = 8;
    private const double NameMargin = 16;
    private const double LeastNameWidth = 140;

    public static void Write(HtmlWriter html, string caption, string variable, IReadOnlyList<ChartLine> lines, AxisScale scale)
    {
        List<ChartPoint> shown = [.. lines.SelectMany(line => line.Points.Concat(line.Curve))];
        if (shown.Count == 0)
            return;
        Axis across = Axis.Of(scale, [.. shown.Select(point => point.X)]);
        Axis up = Axis.Of(scale, [.. shown.SelectMany(point => new[] { point.Low, point.Y, point.High })]);
        html.WriteLine(
            $"""
            <figure class="chart"><figcaption>{caption}{Scales(across, up)}</figcaption>
            <svg class="lines" role="img" aria-label="{Description(caption, lines)}" viewBox="0 0 {Right + NameWidth(lines)} {Height}">
            """);
        WriteGrid(html, across, up, variable, ofWhole: lines.All(line => line.Points.All(point => double.IsInteger(point.X))));
        foreach (ChartLine line in lines.Where(line => line.Points.Count > 0))
            WriteLine(html, across, up, line);
        WriteNames(html, across, up, [.. lines.Where(line => line.Points.Count > 0)]);
        html.WriteLine($"</svg>");
        WriteLegend(html, lines);
        html.WriteLine($"</figure>");
    }

    private static double NameWidth(IReadOnlyList<ChartLine> lines) =>
        Math.Max(LeastNameWidth, (lines.Max(line => line.Name.Length) * LetterWidth) + NameMargin);

    private static string Scales(Axis across, Axis up) => (across.IsLogarithmic, up.IsLogarithmic) switch
    {
        (true, true) => " (both axes logarithmic)",
        (true, false) => " (horizontal axis logarithmic)",
        (false, true) => " (vertical axis logarithmic)",
        _ => "",
    };

    private static void WriteGrid(HtmlWriter html, Axis across, Axis up, string variable, bool ofWhole)
    {
        foreach (double tick in across.Ticks.Where(tick => !ofWhole || double.IsInteger(tick)))
            html.WriteLine($"""<line class="grid" x1="{X(across, tick)}" x2="{X(across, tick)}" y1="{Top}" y2="{Bottom}"/><text class="tick" x="{X(across, tick)}" y="{Bottom + 18}">{Number(tick)}</text>""");
        foreach (double tick in up.Ticks)
            html.WriteLine($"""<line class="grid" x1="{Left}" x2="{Right}" y1="{Y(up, tick)}" y2="{Y(up, tick)}"/><text class="value" x="{Left - 6}" y="{Pixels(YOf(up, tick) + 4)}">{Number(tick)}</text>""");
        html.WriteLine($"""<text class="tick" x="{(Left + Right) / 2}" y="{Height - 8}">{variable}</text>""");
    }

    private static void WriteLine(HtmlWriter html, Axis across, Axis up, ChartLine line)
    {
        html.Write($"""<g class="m{line.Style % Styles}">""");
        if (line.Curve.Count > 0)
            html.Write($"""<polyline class="curve" points="{Path(across, up, line.Curve)}"/>""");
        html.Write($"""<polyline class="line" points="{Path(across, up, line.Points)}"/>""");
        foreach (ChartPoint point in line.Points)
        {
            html.Write($"""<line class="whisker" x1="{X(across, point.X)}" x2="{X(across, point.X)}" y1="{Y(up, point.Low)}" y2="{Y(up, point.High)}"/>""");
            html.Write($"""<path class="mark" d="{ChartMark.Path(line.Mark ?? line.Style, XOf(across, point.X), YOf(up, point.Y))}"><title>{line.Name} at {Number(point.X)}: {Figures.Quantity(point.Y)} ({Figures.Quantity(point.Low)} to {Figures.Quantity(point.High)})</title></path>""");
        }

        html.WriteLine($"</g>");
    }

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
            html.WriteLine($"""<g class="m{lines[index].Style % Styles}"><line class="leader" x1="{Pixels(XOf(across, end.X) + 6)}" y1="{Y(up, end.Y)}" x2="{Right + 4}" y2="{Pixels(places[index])}"/><text class="name" x="{Right + 8}" y="{Pixels(places[index] + 4)}">{lines[index].Name}</text></g>""");
        }
    }

    private static void WriteLegend(HtmlWriter html, IReadOnlyList<ChartLine> lines)
    {
        html.Write($"""<p class="legend"><span>mark: estimate (a median unless said otherwise); vertical line: its 95 % confidence interval</span>""");
        if (lines.Any(line => line.Curve.Count > 0))
            html.Write($"<span>dashed: fitted Universal Scalability Law</span>");
        html.WriteLine($"</p>");
    }

    private static string Description(string caption, IReadOnlyList<ChartLine> lines) =>
        $"{caption}: {string.Join("; ", lines.Where(line => line.Points.Count > 0).Select(
            line => $"{line.Name} from {Figures.Quantity(line.Points[0].Y)} at {Number(line.Points[0].X)} to {Figures.Quantity(line.Points[^1].Y)} at {Number(line.Points[^1].X)}"))}";

    private static string Path(Axis across, Axis up, IReadOnlyList<ChartPoint> points) =>
        string.Join(' ', points.Select(point => $"{X(across, point.X)},{Y(up, point.Y)}"));

    private static double XOf(Axis axis, double value) => Left + ((Right - Left) * axis.Percent(value) / 100);

    private static double YOf(Axis axis, double value) => Bottom - ((Bottom - Top) * axis.Percent(value) / 100);

    private static string X(Axis axis, double value) => Pixels(XOf(axis, value));

    private static string Y(Axis axis, double value) => Pixels(YOf(axis, value));

    private static string Pixels(double pixels) => pixels.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("#,##0.######", CultureInfo.InvariantCulture);
}
