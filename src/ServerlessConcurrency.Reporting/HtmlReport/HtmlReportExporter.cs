using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Reporting.Claims;
using ServerlessConcurrency.Reporting.Exporting;
using ServerlessConcurrency.Reporting.Html;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>report.html: the results for people, in one file that needs no network and runs no script.</summary>
public sealed class HtmlReportExporter : IDocumentExporter<MeasurementDocument>
{
    public string FileName => "report.html";

    public string MediaType => "text/html; charset=utf-8";

    public Task WriteAsync(MeasurementDocument document, Stream output, CancellationToken cancellationToken = default) => HtmlPage.SaveAsync(
        document.Spec.Name,
        html =>
        {
            if (document is ClaimsDocument claims)
                ClaimsPage.Write(html, claims);
            else
                ResultsPage.Write(html, (ExperimentDocument)document);
        },
        output,
        cancellationToken);
}
