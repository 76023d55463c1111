using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Exporting;
using ServerlessConcurrency.Reporting.HtmlReport;

namespace ServerlessConcurrency.Reporting.Files;

/// <summary>
/// Puts an experiment into a store while it runs: its rows run by run, its progress now and then (each write is a transaction), and at
/// the end its reports, unless told otherwise the one in HTML, and its results.
/// </summary>
/// <param name="rendered">Where the same reports are when the experiment has ended, unless something failed there; null: nowhere.</param>
public sealed class StoreSink(
    IExperimentStore store, TimeProvider clock, IReadOnlyList<IDocumentExporter<MeasurementDocument>>? reports = null, IExperimentStore? rendered = null)
    : IExperimentSink
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<IDocumentExporter<MeasurementDocument>> _reports = reports ?? [new HtmlReportExporter()];
    private long _progressWritten;

    public async Task BeginAsync(MeasurementDocument document, CancellationToken cancellationToken)
    {
        await store.SaveAsync(document, cancellationToken);
        _progressWritten = clock.GetTimestamp();
    }

    public async Task AppendAsync(ExperimentDocument document, RunTimings run, CancellationToken cancellationToken)
    {
        await store.AppendAsync(document.Id, run, cancellationToken);
        if (clock.GetElapsedTime(_progressWritten) < ProgressInterval)
            return;
        await store.SaveAsync(document, cancellationToken);
        _progressWritten = clock.GetTimestamp();
    }

    public Task UpdateAsync(MeasurementDocument document, CancellationToken cancellationToken) => store.SaveAsync(document, cancellationToken);

    public async Task EndAsync(MeasurementDocument document, CancellationToken cancellationToken)
    {
        foreach (IDocumentExporter<MeasurementDocument> exporter in _reports)
        {
            await using Stream report = await FindRenderedAsync(document.Id, exporter.FileName, cancellationToken) ?? await RenderAsync(exporter, document, cancellationToken);
            await store.SaveFileAsync(document.Id, exporter.FileName, report, cancellationToken);
        }

        await store.SaveAsync(document, cancellationToken);
    }

    private Task<Stream?> FindRenderedAsync(string experimentId, string fileName, CancellationToken cancellationToken) =>
        rendered?.OpenFileAsync(experimentId, fileName, cancellationToken) ?? Task.FromResult<Stream?>(null);

    private async Task<Stream> RenderAsync(IDocumentExporter<MeasurementDocument> exporter, MeasurementDocument document, CancellationToken cancellationToken)
    {
        var report = new MemoryStream();
        await exporter.WriteAsync(document, experiment => store.ReadTimingsAsync(experiment, cancellationToken), report, cancellationToken);
        report.Position = 0;
        return report;
    }
}
