using ServerlessConcurrency.Core.Costs;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Reporting.Html;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>What a million tasks cost: for each workload a table of models by plans.</summary>
internal static class CostSection
{
    public static void Write(HtmlWriter html, ExperimentDocument document, IReadOnlyList<ResultTable> tables)
    {
        if (document.Prices is not { } prices)
            return;
        html.WriteLine(
            $"""
            <section class="card costs">
            <h2>Cost of a million tasks</h2>
            <p>In US dollars. {CostText.Caveat} {CostText.Of(prices)}</p>
            """);
        foreach (ResultTable table in tables.Where(table => table.Rows.Any(row => row.Analysis is not null)))
            WriteTable(html, table);
        html.WriteLine($"</section>");
    }

    private static void WriteTable(HtmlWriter html, ResultTable table)
    {
        html.Write(
            $"""
            <div class="scroll" role="region" tabindex="0" aria-label="Costs of {table.Workload} {table.Size}">
            <table>
            <caption>{table.Workload}, size {Figures.Count(table.Size)}</caption>
            <thead><tr><th scope="col">Model</th>
            """);
        foreach (IHostingPlan plan in HostingPlans.All)
            html.Write($"""<th scope="col" class="n">{plan.Name}</th>""");
        html.WriteLine(
            $"""
            </tr></thead>
            <tbody>
            """);
        foreach (ResultRow row in table.Rows.Where(row => row.Analysis is not null))
        {
            html.Write($"""<tr><th scope="row">{row.Model}</th>""");
            foreach (IHostingPlan plan in HostingPlans.All)
                html.Write($"""<td class="n">{Figures.Dollars(row.CostOn(plan))}</td>""");
            html.WriteLine($"</tr>");
        }

        html.WriteLine(
            $"""
            </tbody>
            </table>
            </div>
            """);
    }
}
