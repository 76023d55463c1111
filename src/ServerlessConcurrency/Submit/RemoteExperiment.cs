using ServerlessConcurrency.Api.Contracts;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Reporting;
using ServerlessConcurrency.Reporting.Exporting;
using ServerlessConcurrency.Reporting.Files;

namespace ServerlessConcurrency.Submit;

/// <summary>An experiment on a server: followed to its end, its files fetched.</summary>
internal sealed class RemoteExperiment(ServerClient client, string id, TimeProvider clock)
{
    private const double BackOff = 1.5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    public string Id { get; } = id;

    public async Task<MeasurementDocument> FollowAsync(IProgress<ExperimentProgress> progress, CancellationToken cancellationToken)
    {
        for (TimeSpan pause = FirstPause; ; pause = pause * BackOff < LongestPause ? pause * BackOff : LongestPause)
        {
            MeasurementDocument document = await client.GetAsync(Id, cancellationToken);
            progress.Report(document.Status == ExperimentStatus.Pending
                ? document.Progress with { CurrentRun = "waiting for its turn" }
                : document.Progress);
            if (document.Status.HasEnded())
                return document;
            await Task.Delay(pause, clock, cancellationToken);
        }
    }

    public async Task<MeasurementDocument> CancelAsync(IProgress<ExperimentProgress> progress, CancellationToken cancellationToken)
    {
        MeasurementDocument document = await client.CancelAsync(Id, cancellationToken);
        return document.Status.HasEnded() ? document : await FollowAsync(progress, cancellationToken);
    }

    /// <summary>Writes the files that <c>run</c> writes; the timings go from the server to the disk as they come.</summary>
    public async Task WriteFilesAsync(string resultsPath, MeasurementDocument document, CancellationToken cancellationToken)
    {
        await using var results = new ResultsFolder(resultsPath);
        await results.WriteDocumentsAsync(document, results, Exporters.Reports, cancellationToken);
        // Claims have no timings.
        if (document is not ExperimentDocument)
            return;
        foreach (ITimingExporter exporter in Exporters.TimingsOfEveryRun)
        {
            string path = Path.Combine(ResultsFolder.PathOf(resultsPath, Id), exporter.FileName);
            await client.DownloadAsync(ApiRoutes.TimingsBy(exporter), Id, path, cancellationToken);
        }

        // Again, with the timings.
        await results.WriteDocumentsAsync(document, results, Exporters.Reports, cancellationToken);
    }
}
