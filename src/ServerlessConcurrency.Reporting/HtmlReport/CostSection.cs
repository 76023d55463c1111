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
            <h2 id="cost">Cost against time</h2>
            <p>Cost of a million tasks, in US dollars. {CostText.Of(document, prices)}</p>
            """);
        foreach (ResultTable table in tables.Where(table => table.Rows.Any(row => row.Analysis is not null)))
        {
            html.WriteLine($"<h3>{table.Workload}, size {Figures.Count(table.Size)}</h3>");
            IReadOnlyList<CostChoice> choices = CostChoice.Of(document, table.Workload, table.Size);
            if (choices.Count > 0)
            {
                html.WriteLine($"<ul>");
                foreach (string choice in CostText.Choices(choices))
                    html.WriteLine($"<li>{choice}</li>");
                html.WriteLine($"</ul>");
            }

            CostChart.Of(table)?.Write(html);
            html.WriteLine($"<details><summary>Costs as tables</summary>");
            WriteTable(html, table, CostText.Sustained, HostingPlans.All, (row, plan) => row.CostOn(plan));
            WriteTable(html, table, CostText.Sporadic, [.. HostingPlans.All.Where(plan => !plan.IsPaidWhileIdle)], (row, plan) => row.SporadicCostOn(plan));
            html.WriteLine($"</details>");
        }

        html.WriteLine($"</section>");
    }

    private static void WriteTable(
        HtmlWriter html, ResultTable table, string title, IReadOnlyList<IHostingPlan> plans, Func<ResultRow, IHostingPlan, double?> costOn) => HtmlTable.Write(
        html,
        $"Costs of {table.Workload} {table.Size}, {title}",
        title,
        () =>
        {
            html.Write($"""<th scope="col">Model</th>""");
            foreach (IHostingPlan plan in plans)
                html.Write($"""<th scope="col" class="n">{plan.Name}</th>""");
        },
        () =>
        {
            foreach (ResultRow row in table.Rows.Where(row => row.Analysis is not null))
            {
                html.Write($"""<tr><th scope="row">{row.Model}</th>""");
                foreach (IHostingPlan plan in plans)
                    html.Write($"""<td class="n">{Figures.Dollars(costOn(row, plan))}</td>""");
                html.WriteLine($"</tr>");
            }
        });
}
