using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Reporting.Exporting;
using ServerlessConcurrency.Reporting.Markdown;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Sweeps;

/// <summary>sweep.md: tables, break-even points, fits and warnings in GitHub-flavoured Markdown, to be pasted into a pull request.</summary>
public sealed class SweepMarkdownExporter : IDocumentExporter<SweepDocument>
{
    public string FileName => "sweep.md";

    public string MediaType => "text/markdown; charset=utf-8";

    public Task WriteAsync(SweepDocument document, Stream output, CancellationToken cancellationToken = default) =>
        new MarkdownPage(document.Spec.Name, SweepText.Status(document), document.Error, document.Id, document.StartedAt, document.Environment)
            .SaveAsync(lines => AddContent(lines, document), output, cancellationToken);

    private static void AddContent(List<string> lines, SweepDocument document)
    {
        foreach (SweepTable table in SweepTable.Of(document))
            AddTable(lines, table, document.Over);
        AddList(lines, [.. SweepText.WorthTelling(document).Select(breakEven => SweepText.Of(breakEven, document.Over)), SweepText.Untold(document)]);
        AddList(lines, [.. document.Fits.Select(SweepText.Of), .. SweepText.FitRemarks(document)]);
        AddList(lines, [.. SweepFindingText.Of(document).Where(finding => finding.Severity == FindingSeverity.Warning).Select(finding => $"Warning: {finding.Text}")]);
        AddList(lines, document.Remarks);
    }

    private static void AddTable(List<string> lines, SweepTable table, SweepVariable over)
    {
        AddTable(lines, table, "median ms and speed-up", Cell);
        if (SweepCost.IsKnown(table, over))
            AddTable(lines, table, SweepCost.Title(over), entry => Figures.Dollars(entry is null ? null : SweepCost.Of(entry, over)));
    }

    private static void AddTable(List<string> lines, SweepTable table, string figure, Func<SweepEntry?, string> cell)
    {
        lines.AddRange(
        [
            "",
            $"**{MarkdownText.Escape(table.Workload)}**, {table.Setting}: {figure}",
            "",
            $"| {table.Variable} | {string.Join(" | ", table.Models.Select(MarkdownText.Escape))} |",
            $"|--:|{string.Concat(table.Models.Select(_ => "--:|"))}",
        ]);
        lines.AddRange(table.Rows.Select(row => $"| {Figures.Count(row.Value)} | {string.Join(" | ", row.Entries.Select(cell))} |"));
    }

    private static string Cell(SweepEntry? entry) => entry is null
        ? Figures.None
        : Figures.Milliseconds(entry.MedianMs) + (entry.Speedup is null ? "" : $" ({Figures.Ratio(entry.Speedup)}×)");

    private static void AddList(List<string> lines, IReadOnlyList<string?> sentences)
    {
        string[] told = [.. sentences.OfType<string>()];
        if (told.Length > 0)
            lines.AddRange(["", .. told.Select(sentence => $"- {MarkdownText.Escape(sentence)}")]);
    }
}
