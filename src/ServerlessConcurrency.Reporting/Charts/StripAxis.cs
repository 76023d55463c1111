using System.Globalization;
using ServerlessConcurrency.Reporting.Html;

namespace ServerlessConcurrency.Reporting.Charts;

/// <summary>What charts of strips draw of their common axis. Places are percentages, so that a chart fits any width.</summary>
internal static class StripAxis
{
    /// <summary>Writes the strip of numbers below the others.</summary>
    public static void WriteTicks(HtmlWriter html, Axis axis)
    {
        html.Write($"""<span></span><svg class="strip" aria-hidden="true" width="100%" height="22">""");
        foreach (double tick in axis.Ticks)
        {
            WriteVertical(html, "grid", axis, tick, 0, 5);
            html.Write($"""<text class="tick" x="{Place(axis, tick)}" y="18">{tick.ToString("#,##0.######", CultureInfo.InvariantCulture)}</text>""");
        }

        html.Write($"</svg>");
    }

    /// <summary>Writes the lines of the ticks across a strip.</summary>
    public static void WriteGrid(HtmlWriter html, Axis axis, double height)
    {
        foreach (double tick in axis.Ticks)
            WriteVertical(html, "grid", axis, tick, 0, height);
    }

    public static void WriteVertical(HtmlWriter html, string kind, Axis axis, double value, double top, double bottom) =>
        html.Write($"""<line class="{kind}" x1="{Place(axis, value)}" x2="{Place(axis, value)}" y1="{top}" y2="{bottom}"/>""");

    /// <returns>A percentage.</returns>
    public static string Place(Axis axis, double value) => axis.Percent(value).ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
