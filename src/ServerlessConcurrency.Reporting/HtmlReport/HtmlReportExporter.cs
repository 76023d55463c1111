using System.Text;
using ServerlessConcurrency.Core.Experiments;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>report.html: the results for people, in one file that needs no network and runs no script.</summary>
public sealed class HtmlReportExporter : IDocumentExporter
{
    private static readonly string StyleSheet = ReadStyleSheet();

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
        WritePage(new HtmlWriter(markup), document);
        var writer = new StreamWriter(output, leaveOpen: true);
        await using (writer.ConfigureAwait(false))
        {
            await writer.WriteAsync(markup, cancellationToken).ConfigureAwait(false);
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static void WritePage(HtmlWriter html, ExperimentDocument document)
    {
        html.Write(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <title>{document.Spec.Name} – ServerlessConcurrency</title>
            <style>

            """);
        html.WriteRaw(StyleSheet);
        html.Write($"</style>\n</head>\n<body>\n<main>\n");
        SummarySection.Write(html, document);
        html.Write($"<h2>Results</h2>\n");
        IReadOnlyList<ResultTable> tables = ResultTable.Of(document);
        foreach (ResultTable table in tables)
            ResultSection.Write(html, table);
        CostSection.Write(html, document, tables);
        SetupSection.Write(html, document);
        RunsSection.Write(html, document);
        GuideSection.Write(html);
        html.Write($"</main>\n</body>\n</html>\n");
    }

    private static string ReadStyleSheet()
    {
        using Stream resource = typeof(HtmlReportExporter).Assembly.GetManifestResourceStream("report.css")
            ?? throw new InvalidOperationException("The style sheet report.css is not part of the assembly.");
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}
