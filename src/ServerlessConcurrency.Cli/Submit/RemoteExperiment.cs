using ServerlessConcurrency.Api;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Reporting.Sinks;

namespace ServerlessConcurrency.Cli.Submit;

/// <summary>An experiment on a server: followed to its end, its files fetched.</summary>
internal sealed class RemoteExperiment(ServerClient client, string id, TimeProvider clock)
{
    private const double BackOff = 1.5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    public string Id { get; } = id;

    public async Task<ExperimentDocument> FollowAsync(IProgress<ExperimentProgress> progress, CancellationToken cancellationToken)
    {
        for (TimeSpan pause = FirstPause; ; pause = pause * BackOff < LongestPause ? pause * BackOff : LongestPause)
        {
            ExperimentDocument document = await client.GetAsync(Id, cancellationToken);
            progress.Report(document.Status == ExperimentStatus.Pending
                ? document.Progress with { CurrentRun = "waiting for its turn" }
                : document.Progress);
            if (document.Status.HasEnded())
                return document;
            await Task.Delay(pause, clock, cancellationToken);
        }
    }

    public async Task<ExperimentDocument> CancelAsync(IProgress<ExperimentProgress> progress, CancellationToken cancellationToken)
    {
        ExperimentDocument document = await client.CancelAsync(Id, cancellationToken);
        return document.Status.HasEnded() ? document : await FollowAsync(progress, cancellationToken);
    }

    /// <summary>Writes the files that <c>run</c> writes; the timings go from the server to the disk as they come.</summary>
    public async Task WriteFilesAsync(string resultsPath, ExperimentDocument document, CancellationToken cancellationToken)
    {
        await ResultsFolder.WriteDocumentsAsync(resultsPath, document, cancellationToken);
        // Claims have no timings.
        if (document.Spec.IsOfClaims)
            return;
        string folder = ResultsFolder.PathOf(resultsPath, Id);
        await client.DownloadAsync(ApiRoutes.Timings, Id, Path.Combine(folder, "timings.csv"), cancellationToken);
        await client.DownloadAsync(ApiRoutes.Trace, Id, Path.Combine(folder, "trace.json"), cancellationToken);
    }
}
