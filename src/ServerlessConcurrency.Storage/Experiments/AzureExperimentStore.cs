using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Data.Tables;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Liveness;
using ServerlessConcurrency.Storage.Rows;
using ServerlessConcurrency.Storage.Timings;

namespace ServerlessConcurrency.Storage.Experiments;

/// <summary>
/// Keeps experiments in an Azure Storage account: their state in table <c>experiments</c>, an entity per run in table <c>runs</c>, its timings as a
/// Parquet file in blob container <c>timings</c>, files in container <c>reports</c>, created on first use. While this program runs an
/// experiment of the local engine, a heartbeat tells others that it is alive; one that has not ended and is without for five
/// minutes is shown as failed, because its program ended before it was done. Those of an Azure Functions app need none: it takes
/// them up again.
/// </summary>
public sealed class AzureExperimentStore : IExperimentStore, IAsyncDisposable
{
    private static readonly TimeSpan FirstContactPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CheckPatience = TimeSpan.FromSeconds(3);
    private readonly TimeSpan _patience;
    private readonly ExperimentTable _experiments;
    private readonly RowTable _runs;
    private readonly CreateOnce _runsCreation;
    private readonly FileContainer _timings;
    private readonly LegacyTimings _legacyTimings;
    private readonly FileContainer _reports;
    private readonly Func<string, RowTable> _attempts;
    private readonly Heartbeats _heartbeats;
    private readonly IProgress<string>? _notes;

    /// <summary>Creates the store; sends nothing yet.</summary>
    /// <param name="clock">The clock of heartbeats; null: the system's.</param>
    /// <param name="hasEnded">Whether the program that runs an experiment is known to have ended; null: only its heartbeat tells.</param>
    /// <param name="notes">Is told what cannot be read or is missing; null: nobody is.</param>
    public AzureExperimentStore(
        StorageAccount account, TimeProvider? clock = null, Predicate<string>? hasEnded = null, IProgress<string>? notes = null)
    {
        clock ??= TimeProvider.System;
        _notes = notes;
        _patience = account.Options.Patience;
        _experiments = new ExperimentTable(account, clock, hasEnded ?? (static _ => false), notes);
        _runs = new RowTable(account.Tables.GetTableClient(account.Names.Runs));
        _runsCreation = new CreateOnce(_runs.CreateAsync);
        _timings = new FileContainer(account, account.Names.Timings);
        _legacyTimings = new LegacyTimings(account);
        _reports = new FileContainer(account, account.Names.Reports);
        _attempts = experimentId => new RowTable(account.Tables.GetTableClient(account.Names.AttemptsOf(experimentId)));
        _heartbeats = new Heartbeats(_experiments.TouchAsync, clock);
    }

    /// <summary>
    /// Creates the tables and containers now, so that storage that cannot be used is noticed before anything is measured:
    /// within 5 s where the account does not answer.
    /// </summary>
    public async Task PrepareAsync(CancellationToken cancellationToken = default)
    {
        using IDisposable impatient = PatientRetryPolicy.Within(_patience < FirstContactPatience ? _patience : FirstContactPatience);
        await Task.WhenAll(
            _experiments.EnsureCreatedAsync(cancellationToken),
            _runsCreation.EnsureAsync(cancellationToken),
            _timings.EnsureCreatedAsync(cancellationToken),
            _reports.EnsureCreatedAsync(cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Finds out within 3 s whether the storage answers.</summary>
    /// <exception cref="StorageUnavailableException">It does not.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken = default)
    {
        using IDisposable impatient = PatientRetryPolicy.Within(TimeSpan.Zero);
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        soon.CancelAfter(CheckPatience);
        try
        {
            await _experiments.PingAsync(soon.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StorageUnavailableException($"storage did not answer within {CheckPatience.TotalSeconds} s", exception);
        }
    }

    public async Task SaveAsync(MeasurementDocument document, CancellationToken cancellationToken = default)
    {
        ExperimentNames.ThrowIfNoId(document.Id);
        if (!document.Status.HasEnded())
        {
            await _experiments.WriteAsync(document, cancellationToken).ConfigureAwait(false);
            // One that goes on after it had ended has another end.
            if (document is ExperimentDocument { Resumptions: not null })
                await _reports.DeleteAsync(document.Id, ExperimentNames.DocumentFile, cancellationToken).ConfigureAwait(false);
            _heartbeats.Start(document);
            return;
        }

        await _heartbeats.StopAsync(document.Id).ConfigureAwait(false);
        // The file first: whoever sees that the experiment has ended finds its results.
        using var content = new MemoryStream();
        await JsonSerializer.SerializeAsync(content, document, ExperimentJson.Compact, cancellationToken).ConfigureAwait(false);
        content.Position = 0;
        // Those again that turned out to compute something else after they were stored.
        TableEntity[] judged = [.. ((document as ExperimentDocument)?.Runs ?? []).Where(run => run.Mismatches > 0).Select(run => RunEntity.From(document.Id, run))];
        if (judged.Length > 0)
            await _runsCreation.UseAsync(() => DoneAsync(_runs.UpsertAsync(judged, cancellationToken)), cancellationToken).ConfigureAwait(false);

        await _reports.WriteAsync(document.Id, ExperimentNames.DocumentFile, content, cancellationToken).ConfigureAwait(false);
        await _experiments.WriteAsync(document, cancellationToken).ConfigureAwait(false);
    }

    public Task<bool> AdvanceAsync(MeasurementDocument document, CancellationToken cancellationToken = default)
    {
        ExperimentNames.ThrowIfNoId(document.Id);
        return _experiments.AdvanceAsync(document, cancellationToken);
    }

    public async Task AppendAsync(string experimentId, RunTimings run, CancellationToken cancellationToken = default)
    {
        ExperimentNames.ThrowIfNoId(experimentId);
        using var file = new MemoryStream(run.Timings.Count * TimingParquet.UsualBytesOfRow);
        await using (var writer = new TimingsParquetWriter(experimentId, file))
            await writer.WriteAsync(run, cancellationToken).ConfigureAwait(false);
        file.Position = 0;
        // The file first: whoever sees the run finds its timings.
        await _timings.WriteAsync(experimentId, TimingsFile(run.Run), file, cancellationToken).ConfigureAwait(false);
        await _runsCreation.UseAsync(
            () => DoneAsync(_runs.UpsertAsync(RunEntity.From(experimentId, run.Run), cancellationToken)), cancellationToken).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<RunResult> ReadRunsAsync(
        string experimentId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (TableEntity entity in _runs.ReadAsync(experimentId, cancellationToken).ConfigureAwait(false))
            yield return RunEntity.ToRun(entity);
    }

    public async Task<RunResult?> FindRunAsync(string experimentId, string runId, CancellationToken cancellationToken = default)
    {
        await _runsCreation.EnsureAsync(cancellationToken).ConfigureAwait(false);
        return await _runs.FindAsync(experimentId, runId, cancellationToken).ConfigureAwait(false) is { } entity ? RunEntity.ToRun(entity) : null;
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
            return state is ExperimentDocument experiment ? await ConcludeAsync(experiment, cancellationToken).ConfigureAwait(false) : state;
        await using (content.ConfigureAwait(false))
            return await ReadAsync(experimentId, content, cancellationToken).ConfigureAwait(false);
    }

    public IAsyncEnumerable<MeasurementDocument> ListAsync(string? afterId = null, CancellationToken cancellationToken = default)
    {
        if (afterId is not null)
            ExperimentNames.ThrowIfNoId(afterId);
        return _experiments.ListAsync(afterId, cancellationToken);
    }

    public IAsyncEnumerable<RunTimings> ReadTimingsAsync(ExperimentDocument document, CancellationToken cancellationToken = default) =>
        MissingTimings.TellAsync(document, ReadStoredTimingsAsync(document, cancellationToken), $"timings/{document.Id}", _notes, cancellationToken);

    private async IAsyncEnumerable<RunTimings> ReadStoredTimingsAsync(
        ExperimentDocument document, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // While one run is used the next is fetched.
        Task<RunTimings>? next = null;
        var reader = new TimingsParquetReader();
        for (int index = 0; index < document.Runs.Count; index++)
        {
            RunTimings run = await (next ?? ReadTimingsAsync(reader, document.Id, document.Runs[index], cancellationToken)).ConfigureAwait(false);
            next = index + 1 < document.Runs.Count ? ReadTimingsAsync(reader, document.Id, document.Runs[index + 1], cancellationToken) : null;
            yield return run;
        }
    }

    public Task DeleteFileAsync(string experimentId, string fileName, CancellationToken cancellationToken = default)
    {
        ExperimentNames.ThrowIfNoId(experimentId);
        ExperimentNames.ThrowIfNoFileName(fileName);
        return _reports.DeleteAsync(experimentId, fileName, cancellationToken);
    }

    public async Task<bool> DeleteAsync(string experimentId, CancellationToken cancellationToken = default)
    {
        if (!ExperimentId.IsValid(experimentId))
            return false;
        await _heartbeats.StopAsync(experimentId).ConfigureAwait(false);
        // The entity last: as long as anything is left, the experiment is listed and can be deleted again.
        bool attempts = await _attempts(experimentId).DropAsync(cancellationToken).ConfigureAwait(false);
        bool timings = await _timings.DeleteAsync(experimentId, cancellationToken).ConfigureAwait(false);
        bool rows = await _legacyTimings.DeleteAsync(experimentId, cancellationToken).ConfigureAwait(false);
        bool runs = await _runs.DeletePartitionAsync(experimentId, cancellationToken).ConfigureAwait(false);
        bool files = await _reports.DeleteAsync(experimentId, cancellationToken).ConfigureAwait(false);
        bool entity = await _experiments.DeleteAsync(experimentId, cancellationToken).ConfigureAwait(false);
        return entity || attempts || timings || rows || runs || files;
    }

    /// <summary>Stops the heartbeats of experiments that have not ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await _heartbeats.DisposeAsync().ConfigureAwait(false);
        _experiments.Dispose();
        _runsCreation.Dispose();
        _timings.Dispose();
        _reports.Dispose();
    }

    // Its program ended before it could store its conclusions.
    private async Task<MeasurementDocument> ConcludeAsync(ExperimentDocument abandoned, CancellationToken cancellationToken) =>
        ExperimentConclusion.Draw(abandoned with { Runs = await ReadRunsAsync(abandoned.Id, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false) });

    private static async Task<bool> DoneAsync(Task task)
    {
        await task.ConfigureAwait(false);
        return true;
    }

    private static string TimingsFile(RunResult run) => $"{run.RunId}.parquet";

    private async Task<RunTimings> ReadTimingsAsync(
        TimingsParquetReader reader, string experimentId, RunResult run, CancellationToken cancellationToken)
    {
        string name = TimingsFile(run);
        Stream? file = await _timings.OpenSeekableAsync(experimentId, name, cancellationToken).ConfigureAwait(false);
        if (file is null)
            return new RunTimings(run, await _legacyTimings.ReadAsync(experimentId, run.RunId, cancellationToken).ConfigureAwait(false));
        await using (file.ConfigureAwait(false))
            return new RunTimings(run, await reader.ReadAsync($"timings/{experimentId}/{name}", file, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<MeasurementDocument> ReadAsync(
        string experimentId, Stream content, CancellationToken cancellationToken)
    {
        try
        {
            MeasurementDocument? document = await JsonSerializer
                .DeserializeAsync<MeasurementDocument>(content, ExperimentJson.Compact, cancellationToken).ConfigureAwait(false);
            return document is null ? throw new JsonException("it is null")
                : document.Id == experimentId ? document
                : throw new JsonException($"it is of '{document.Id}'");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"{experimentId}/{ExperimentNames.DocumentFile} cannot be read ({exception.Message}); was it written by another version of this program?",
                exception);
        }
    }
}
