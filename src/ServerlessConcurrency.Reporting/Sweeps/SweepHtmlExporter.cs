using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Reporting.Exporting;
using ServerlessConcurrency.Reporting.Html;

namespace ServerlessConcurrency.Reporting.Sweeps;

/// <summary>report.html of a sweep: charts, tables, break-even points and fits, in one file that needs no network and runs no script.</summary>
public sealed class SweepHtmlExporter : IDocumentExporter<SweepDocument>
{
    public string FileName => "report.html";

    public string MediaType => "text/html; charset=utf-8";

    public Task WriteAsync(SweepDocument document, Stream output, CancellationToken cancellationToken = default) => HtmlPage.SaveAsync(
        document.Spec.Name,
        html =>
        {
            SweepSummarySection.Write(html, document);
            html.WriteLine($"<h2>Results</h2>");
            foreach (SweepTable table in SweepTable.Of(document))
                SweepResultSection.Write(html, table, document);
            SweepScalabilitySection.Write(html, document);
            SweepSetupSection.Write(html, document);
            SweepGuideSection.Write(html, document);
        },
        output,
        cancellationToken);
}
