using System.Text;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Reporting.Claims;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>report.html: the results for people, in one file that needs no network and runs no script.</summary>
public sealed class HtmlReportExporter : IDocumentExporter
{
    /// <inheritdoc/>
    public string Format => "html";

    /// <inheritdoc/>
    public string FileName => "report.html";

    /// <inheritdoc/>
    public string MediaType => "text/html; charset=utf-8";

    /// <inheritdoc/>
    public async Task WriteAsync(ExperimentDocument document, Stream output, CancellationToken cancellationToken = default)
    {
        var markup = new StringBuilder();
        HtmlPage.Write(new HtmlWriter(markup), document.Spec.Name, html =>
        {
            if (document.Spec.IsOfClaims)
                ClaimsPage.Write(html, document);
            else
                WriteRuns(html, document);
        });
        await HtmlPage.SaveAsync(markup, output, cancellationToken).ConfigureAwait(false);
    }
    private static void WriteRuns(HtmlWriter html, ExperimentDocument document)
    {
        SummarySection.Write(html, document);
        html.Write($"<h2>Results</h2>\n");
        IReadOnlyList<ResultTable> tables = ResultTable.Of(document);
        foreach (ResultTable table in tables)
            ResultSection.Write(html, table);
        CostSection.Write(html, document, tables);
        SetupSection.Write(html, document);
        RunsSection.Write(html, document);
        GuideSection.Write(html);
    }
}
