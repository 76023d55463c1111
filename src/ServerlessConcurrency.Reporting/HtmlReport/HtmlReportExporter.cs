using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Claims;
using ServerlessConcurrency.Reporting.Exporting;
using ServerlessConcurrency.Reporting.Html;
using ServerlessConcurrency.Reporting.Timelines;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>report.html: the results for people to explore, in one file that needs no network.</summary>
/// <param name="isStatic">Whether it runs no script: for mail and print.</param>
public sealed class HtmlReportExporter(bool isStatic = false) : IDocumentExporter<MeasurementDocument>
{
    public string FileName => "report.html";

    public string MediaType => "text/html; charset=utf-8";

    public Task WriteAsync(MeasurementDocument document, Stream output, CancellationToken cancellationToken = default) =>
        SaveAsync(document, timeline: null, output, cancellationToken);

    public async Task WriteAsync(
        MeasurementDocument document, Func<ExperimentDocument, IAsyncEnumerable<RunTimings>> timings, Stream output, CancellationToken cancellationToken)
    {
        Timeline? timeline = document is ExperimentDocument experiment
            ? await ReadTimelineAsync(experiment, timings, cancellationToken).ConfigureAwait(false)
            : null;
        await SaveAsync(document, timeline, output, cancellationToken).ConfigureAwait(false);
    }

    // A report without a timeline is better than none, whatever is wrong with what is stored.
    private async Task<Timeline?> ReadTimelineAsync(
        ExperimentDocument document, Func<ExperimentDocument, IAsyncEnumerable<RunTimings>> timings, CancellationToken cancellationToken)
    {
        try
        {
            return await TimelineReader.ReadAsync(document, timings, cancellationToken, isStatic).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return null;
        }
    }

    private Task SaveAsync(MeasurementDocument document, Timeline? timeline, Stream output, CancellationToken cancellationToken) => HtmlPage.SaveAsync(
        document.Spec.Name,
        html =>
        {
            if (document is ClaimsDocument claims)
                ClaimsPage.Write(html, claims);
            else
                ResultsPage.Write(html, (ExperimentDocument)document, timeline, isStatic);
        },
        output,
        isStatic,
        cancellationToken);
}
