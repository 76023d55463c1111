using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Data.Tables;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Liveness;
using ServerlessConcurrency.Storage.Timings;

namespace ServerlessConcurrency.Storage.Experiments;

/// <summary>
/// Keeps experiments in an Azure Storage account: their state in table <c>experiments</c>, a row per task attempt in table
/// <c>timings</c>, their files in blob container <c>reports</c>, created on first use. While this program runs an
/// experiment of the local engine, a heartbeat tells others that it is alive; one that has not ended and is without for five
/// minutes is shown as failed, because its program ended before it was done. Those of an Azure Functions app need none: it takes
/// them up again.
/// </summary>
public sealed class AzureExperimentStore : IExperimentStore, IAsyncDisposable
{
    private static readonly TimeSpan FirstContactPatience = TimeSpan.FromSeconds(5);
    private readonly TimeSpan _patience;
    private readonly ExperimentTable _experiments;
    private readonly TimingTable _timings;
    private readonly ReportContainer _reports;
    private readonly Heartbeats _heartbeats;

    /// <summary>Creates the store; sends nothing yet.</summary>
    /// <param name="clock">The clock of heartbeats; null: the system's.</param>
    public AzureExperimentStore(StorageAccount account, TimeProvider? clock = null)
    {
        clock ??= TimeProvider.System;
        _patience = account.Options.Patience;
        _experiments = new ExperimentTable(account, clock);
        _timings = new TimingTable(account);
        _reports = new ReportContainer(account);
        _heartbeats = new Heartbeats(_experiments.TouchAsync, clock);
    }

    /// <summary>
    /// Creates the tables and the container now, so that storage that cannot be used is noticed before anything is measured:
    /// within 5 s where the account does not answer.
    /// </summary>
    public async Task PrepareAsync(CancellationToken cancellationToken = default)
    {
        using IDisposable impatient = PatientRetryPolicy.Within(_patience < FirstContactPatience ? _patience : FirstContactPatience);
        await Task.WhenAll(
            _experiments.EnsureCreatedAsync(cancellationToken),
            _timings.EnsureCreatedAsync(cancellationToken),
            _reports.EnsureCreatedAsync(cancellationToken)).ConfigureAwait(false);
    }

    public async Task SaveAsync(MeasurementDocument document, CancellationToken cancellationToken = default)
    {
        ExperimentNames.ThrowIfNoId(document.Id);
        if (!document.Status.HasEnded())
        {
            await _experiments.WriteAsync(document, cancellationToken).ConfigureAwait(false);
            _heartbeats.Start(document);
            return;
        }

        await _heartbeats.StopAsync(document.Id).ConfigureAwait(false);
        // The file first: whoever sees that the experiment has ended finds its results.
        using var content = new MemoryStream();
        await JsonSerializer.SerializeAsync(content, document, ExperimentJson.Compact, cancellationToken).ConfigureAwait(false);
        content.Position = 0;
        await _reports.WriteAsync(document.Id, ExperimentNames.DocumentFile, content, cancellationToken).ConfigureAwait(false);
        await _experiments.WriteAsync(document, cancellationToken).ConfigureAwait(false);
    }

    public Task<bool> AdvanceAsync(MeasurementDocument document, CancellationToken cancellationToken = default)
    {
        ExperimentNames.ThrowIfNoId(document.Id);
        return _experiments.AdvanceAsync(document, cancellationToken);
    }

    public Task AppendAsync(string experimentId, RunTimings run, CancellationToken cancellationToken = default)
    {
        ExperimentNames.ThrowIfNoId(experimentId);
        string partition = TimingEntity.PartitionKey(experimentId, run.Run.RunId);
        return _timings.UpsertAsync(run.Timings.Select(timing => TimingEntity.From(partition, run.Run, timing)), cancellationToken);
    }

    /// <remarks>A file name consists of letters, digits, '.', '_' and '-', at most 100.</remarks>
    public Task SaveFileAsync(
        string experimentId, string fileName, Stream content, CancellationToken cancellationToken = default)
    {
        ExperimentNames.ThrowIfNoId(experimentId);
        ExperimentNames.ThrowIfNoFileName(fileName);
        return _reports.WriteAsync(experimentId, fileName, content, cancellationToken);
    }

    public Task<Stream?> OpenFileAsync(string experimentId, string fileName, CancellationToken cancellationToken = default)
    {
        ExperimentNames.ThrowIfNoFileName(fileName);
        return ExperimentId.IsValid(experimentId)
            ? _reports.OpenAsync(experimentId, fileName, cancellationToken)
            : Task.FromResult<Stream?>(null);
    }

    public async Task<MeasurementDocument?> FindAsync(string experimentId, CancellationToken cancellationToken = default)
    {
        if (!ExperimentId.IsValid(experimentId))
            return null;
        MeasurementDocument? state = await _experiments.FindAsync(experimentId, cancellationToken).ConfigureAwait(false);
        if (state is null || !state.Status.HasEnded())
            return state;
        Stream? content = await _reports.OpenAsync(experimentId, ExperimentNames.DocumentFile, cancellationToken).ConfigureAwait(false);
        if (content is null)
            return state;
        await using (content.ConfigureAwait(false))
            return await ReadAsync(experimentId, content, cancellationToken).ConfigureAwait(false);
    }

    public IAsyncEnumerable<MeasurementDocument> ListAsync(string? afterId = null, CancellationToken cancellationToken = default)
    {
        if (afterId is not null)
            ExperimentNames.ThrowIfNoId(afterId);
        return _experiments.ListAsync(afterId, cancellationToken);
    }

    public async IAsyncEnumerable<RunTimings> ReadTimingsAsync(
        ExperimentDocument document, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (RunResult run in document.Runs)
        {
            var timings = new List<TaskTiming>(run.Tasks);
            string partition = TimingEntity.PartitionKey(document.Id, run.RunId);
            await foreach (TableEntity row in _timings.ReadAsync(partition, cancellationToken).ConfigureAwait(false))
                timings.Add(TimingEntity.ToTiming(row));
            yield return new RunTimings(run, timings);
        }
    }

    public async Task<bool> DeleteAsync(string experimentId, CancellationToken cancellationToken = default)
    {
        if (!ExperimentId.IsValid(experimentId))
            return false;
        await _heartbeats.StopAsync(experimentId).ConfigureAwait(false);
        // The entity last: as long as anything is left, the experiment is listed and can be deleted again.
        bool rows = await _timings
            .DeletePartitionsAsync(TimingEntity.PartitionKey(experimentId, ""), cancellationToken).ConfigureAwait(false);
        bool files = await _reports.DeleteAsync(experimentId, cancellationToken).ConfigureAwait(false);
        bool entity = await _experiments.DeleteAsync(experimentId, cancellationToken).ConfigureAwait(false);
        return entity || rows || files;
    }

    /// <summary>Stops the heartbeats of experiments that have not ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await _heartbeats.DisposeAsync().ConfigureAwait(false);
        _experiments.Dispose();
        _timings.Dispose();
        _reports.Dispose();
    }

    private static async Task<MeasurementDocument> ReadAsync(
        string experimentId, Stream content, CancellationToken cancellationToken)
    {
        try
        {
            MeasurementDocument? document = await JsonSerializer
                .DeserializeAsync<MeasurementDocument>(content, ExperimentJson.Compact, cancellationToken).ConfigureAwait(false);
            return document ?? throw new JsonException("it is null");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"{experimentId}/{ExperimentNames.DocumentFile} cannot be read ({exception.Message}); was it written by another version of this program?",
                exception);
        }
    }
}
