using ServerlessConcurrency.Core.Costs;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Reporting.Markdown;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.MarkdownReport;

/// <summary>What a million tasks cost, by workload, model and plan.</summary>
internal static class CostTable
{
    public static void AddTo(List<string> lines, ExperimentDocument document, IReadOnlyList<ResultTable> tables)
    {
        if (document.Prices is not { } prices)
            return;
        lines.AddRange(
        [
            "",
            $"**Cost of a million tasks**, US dollars. {CostText.Sustained}.",
            "",
            $"| workload | model | {string.Join(" | ", HostingPlans.All.Select(plan => plan.Name))} |",
            $"|---|---|{string.Concat(HostingPlans.All.Select(_ => "--:|"))}",
        ]);
        foreach (ResultTable table in tables)
            lines.AddRange(table.Rows.Where(row => row.Analysis is not null).Select(row => Line(table, row)));
        lines.AddRange(["", MarkdownText.Escape(CostText.Of(document, prices))]);
    }

    private static string Line(ResultTable table, ResultRow row) =>
        $"| {MarkdownText.Escape(table.Workload)} {Figures.Count(table.Size)} | {MarkdownText.Escape(row.Model)} | "
        + $"{string.Join(" | ", HostingPlans.All.Select(plan => Figures.Dollars(row.CostOn(plan))))} |";
}
