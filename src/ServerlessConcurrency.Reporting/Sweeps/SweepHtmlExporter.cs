using System.Text;
using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Reporting.Html;

namespace ServerlessConcurrency.Reporting.Sweeps;

/// <summary>report.html of a sweep: charts, tables, break-even points and fits, in one file that needs no network and runs no script.</summary>
public sealed class SweepHtmlExporter : ISweepExporter
{
    public string FileName => "report.html";

    public async Task WriteAsync(SweepDocument document, Stream output, CancellationToken cancellationToken = default)
    {
        var markup = new StringBuilder();
        HtmlPage.Write(new HtmlWriter(markup), document.Spec.Name, html =>
        {
            SweepSummarySection.Write(html, document);
            html.WriteLine($"<h2>Results</h2>");
            foreach (SweepTable table in SweepTable.Of(document))
                SweepResultSection.Write(html, table, document);
            SweepScalabilitySection.Write(html, document);
            SweepSetupSection.Write(html, document);
            SweepGuideSection.Write(html, document);
        });
        await HtmlPage.SaveAsync(markup, output, cancellationToken).ConfigureAwait(false);
    }
}
