using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Reporting.HtmlReport;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Sweeps;

/// <summary>The results of one workload in a sweep: a chart, a table of times, and a table of cost where that is known.</summary>
internal static class SweepResultSection
{
    /// <summary>Writes the section.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="table">The results.</param>
    /// <param name="document">The sweep.</param>
    public static void Write(HtmlWriter html, SweepTable table, SweepDocument document)
    {
        html.Write($"<section class=\"card\">\n<h3>{table.Workload} <span class=\"of\">{table.Setting}</span></h3>\n");
        SweepChart.Write(html, table, document.Over);
        WriteTable(html, table, document.Over, "Median ms", "Times by value and model", WriteTime);
        if (SweepCost.IsKnown(table, document.Over))
        {
            WriteTable(
                html, table, document.Over, SweepCost.Title(document.Over), "Cost by value and model", (writer, entry) => writer.Write(
                    $"<td class=\"n\">{Figures.Ratio(SweepCost.Of(entry, document.Over))}</td>"));
        }

        html.Write($"</section>\n");
    }

    private static void WriteTable(
        HtmlWriter html, SweepTable table, SweepVariable over, string figure, string caption, Action<HtmlWriter, SweepEntry> writeCell)
    {
        html.Write($"<p class=\"of\">{figure}</p>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{caption}, {table.Workload}\">\n<table>\n<caption>{caption}</caption>\n<thead><tr><th scope=\"col\">{table.Variable}</th>");
        foreach (string model in table.Models)
            html.Write($"<th scope=\"col\" class=\"n\">{model}</th>");
        html.Write($"</tr></thead>\n<tbody>\n");
        foreach (SweepTableRow row in table.Rows)
        {
            html.Write($"<tr><th scope=\"row\">{Figures.Count(row.Value)}");
            if (over == SweepVariable.Cores && FlexInstanceSize.WithCores(row.Value) is { } size)
                html.Write($"<small>stands in for Flex Consumption {Figures.Count(size.MemoryMegabytes)} MB</small>");
            html.Write($"</th>");
            foreach (SweepEntry? entry in row.Entries)
            {
                if (entry is null)
                    html.Write($"<td class=\"n missing\">{Figures.None}</td>");
                else
                    writeCell(html, entry);
            }

            html.Write($"</tr>\n");
        }

        html.Write($"</tbody>\n</table>\n</div>\n");
    }

    private static void WriteTime(HtmlWriter html, SweepEntry entry)
    {
        html.Write($"<td class=\"n\"><b>{Figures.Milliseconds(entry.MedianMs)}</b><small>{Figures.Milliseconds(entry.CiLowMs)} – {Figures.Milliseconds(entry.CiHighMs)}</small>");
        if (entry.Speedup is not null)
            html.Write($"<small>{Figures.Ratio(entry.Speedup)}×</small>");
        html.Write($"</td>");
    }
}
