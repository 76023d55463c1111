using ServerlessConcurrency.Core.Costs;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>What a million tasks cost: for each workload a table of models by plans.</summary>
internal static class CostSection
{
    /// <summary>Writes the section; nothing where no costs were computed.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="document">The experiment.</param>
    /// <param name="tables">Its results.</param>
    public static void Write(HtmlWriter html, ExperimentDocument document, IReadOnlyList<ResultTable> tables)
    {
        if (document.Prices is not { } prices)
            return;
        html.Write($"<section class=\"card costs\">\n<h2>Cost of a million tasks</h2>\n<p>In US dollars. {CostText.Caveat} {CostText.Of(prices)}</p>\n");
        foreach (ResultTable table in tables.Where(table => table.Rows.Any(row => row.Analysis is not null)))
            WriteTable(html, table);
        html.Write($"</section>\n");
    }

    private static void WriteTable(HtmlWriter html, ResultTable table)
    {
        html.Write($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Costs of {table.Workload} {table.Size}\">\n<table>\n<caption>{table.Workload}, size {Figures.Count(table.Size)}</caption>\n<thead><tr><th scope=\"col\">Model</th>");
        foreach (IHostingPlan plan in HostingPlans.All)
            html.Write($"<th scope=\"col\" class=\"n\">{plan.Name}</th>");
        html.Write($"</tr></thead>\n<tbody>\n");
        foreach (ResultRow row in table.Rows.Where(row => row.Analysis is not null))
        {
            html.Write($"<tr><th scope=\"row\">{row.Model}</th>");
            foreach (IHostingPlan plan in HostingPlans.All)
                html.Write($"<td class=\"n\">{Figures.Dollars(row.CostOn(plan))}</td>");
            html.Write($"</tr>\n");
        }

        html.Write($"</tbody>\n</table>\n</div>\n");
    }
}
