using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Reporting.Html;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Sweeps;

/// <summary>The results of one workload in a sweep: a chart, a table of times, and a table of cost where that is known.</summary>
internal static class SweepResultSection
{
    public static void Write(HtmlWriter html, SweepTable table, SweepDocument document)
    {
        html.WriteLine(
            $"""
            <section class="card">
            <h3>{table.Workload} <span class="of">{table.Setting}</span></h3>
            """);
        SweepChart.Write(html, table, document.Over);
        WriteTable(html, table, document.Over, "Median ms", "Times by value and model", WriteTime);
        if (SweepCost.IsKnown(table, document.Over))
        {
            WriteTable(
                html, table, document.Over, SweepCost.Title(document.Over), "Cost by value and model", (writer, entry) => writer.Write(
                    $"""<td class="n">{Figures.Dollars(SweepCost.Of(entry, document.Over))}</td>"""));
        }

        html.WriteLine($"</section>");
    }

    private static void WriteTable(
        HtmlWriter html, SweepTable table, SweepVariable over, string figure, string caption, Action<HtmlWriter, SweepEntry> writeCell)
    {
        HtmlTable.Write(
            html,
            $"{caption}, {table.Workload}",
            $"{caption}: {figure}",
            () =>
            {
                html.Write($"""<th scope="col">{table.Variable}</th>""");
                foreach (string model in table.Models)
                    html.Write($"""<th scope="col" class="n">{model}</th>""");
            },
            () =>
            {
                foreach (SweepTableRow row in table.Rows)
                    WriteRow(html, row, over, writeCell);
            });
    }

    private static void WriteRow(HtmlWriter html, SweepTableRow row, SweepVariable over, Action<HtmlWriter, SweepEntry> writeCell)
    {
        html.Write($"""<tr><th scope="row">{Figures.Count(row.Value)}""");
        if (over == SweepVariable.Cores && FlexInstanceSize.WithCores(row.Value) is { } size)
            html.Write($"<small>stands in for Flex Consumption {Figures.Count(size.MemoryMegabytes)} MB</small>");
        html.Write($"</th>");
        foreach (SweepEntry? entry in row.Entries)
        {
            if (entry is null)
                html.Write($"""<td class="n missing">{Figures.None}</td>""");
            else
                writeCell(html, entry);
        }

        html.WriteLine($"</tr>");
    }

    private static void WriteTime(HtmlWriter html, SweepEntry entry)
    {
        html.Write($"""<td class="n"><b>{Figures.Milliseconds(entry.MedianMs)}</b><small>{Figures.Milliseconds(entry.CiLowMs)} – {Figures.Milliseconds(entry.CiHighMs)}</small>""");
        if (entry.Speedup is not null)
            html.Write($"<small>{Figures.Ratio(entry.Speedup)}×</small>");
        html.Write($"</td>");
    }
}
