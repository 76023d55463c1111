using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.HtmlReport;

namespace ServerlessConcurrency.Reporting.Sinks;

/// <summary>Keeps an experiment in a store while it runs: its rows run by run, its progress, and its report at the end.</summary>
/// <param name="store">The store.</param>
/// <param name="clock">The clock by which progress is written at most once a second.</param>
public sealed class StoreSink(IExperimentStore store, TimeProvider clock) : IExperimentSink
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);

    private long _progressWritten;

    /// <inheritdoc/>
    public async Task BeginAsync(ExperimentDocument document, CancellationToken cancellationToken)
    {
        await store.SaveAsync(document, cancellationToken);
        _progressWritten = clock.GetTimestamp();
    }

    /// <inheritdoc/>
    public async Task AppendAsync(ExperimentDocument document, RunTimings run, CancellationToken cancellationToken)
    {
        await store.AppendAsync(document.Id, run, cancellationToken);
        if (clock.GetElapsedTime(_progressWritten) < ProgressInterval)
            return;
        await store.SaveAsync(document, cancellationToken);
        _progressWritten = clock.GetTimestamp();
    }

    /// <inheritdoc/>
    public Task UpdateAsync(ExperimentDocument document, CancellationToken cancellationToken) => store.SaveAsync(document, cancellationToken);

    /// <inheritdoc/>
    public async Task EndAsync(ExperimentDocument document, CancellationToken cancellationToken)
    {
        var exporter = new HtmlReportExporter();
        using var report = new MemoryStream();
        await exporter.WriteAsync(document, report, cancellationToken);
        report.Position = 0;
        await store.SaveFileAsync(document.Id, exporter.FileName, report, cancellationToken);
        await store.SaveAsync(document, cancellationToken);
    }
}
