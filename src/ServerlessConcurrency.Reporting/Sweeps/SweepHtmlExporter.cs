using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Reporting.Charts;
using ServerlessConcurrency.Reporting.Exporting;
using ServerlessConcurrency.Reporting.Html;

namespace ServerlessConcurrency.Reporting.Sweeps;

/// <summary>report.html of a sweep: charts, tables, break-even points and fits, in one file that needs no network.</summary>
/// <param name="isStatic">Whether it runs no script: for mail and print.</param>
public sealed class SweepHtmlExporter(bool isStatic = false) : IDocumentExporter<SweepDocument>
{
    public string FileName => "report.html";

    public string MediaType => "text/html; charset=utf-8";

    public Task WriteAsync(SweepDocument document, Stream output, CancellationToken cancellationToken = default) => HtmlPage.SaveAsync(
        document.Spec.Name,
        html =>
        {
            SweepSummarySection.Write(html, document);
            ToolbarSection.Write(html, document.Spec.Models);
            html.WriteLine($"""<h2 id="results">Results</h2>""");
            foreach (SweepTable table in SweepTable.Of(document))
                SweepResultSection.Write(html, table, document);
            SweepScalabilitySection.Write(html, document);
            if (document.Findings.Count > 0)
                FindingsSection.Write(html, [.. SweepFindingText.All(document)]);
            SweepSetupSection.Write(html, document);
            SweepGuideSection.Write(html, document);
        },
        output,
        isStatic,
        cancellationToken);
}
