using System.Runtime.CompilerServices;
using System.Text.Json;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Storage.Experiments;

namespace ServerlessConcurrency.Storage.Files;

/// <summary>
/// Keeps experiments in a folder, for <c>--connection none</c>: each in a folder of its own, with the files the local engine
/// writes there in every case. Rows of timings are read from its <c>timings.csv</c>, never written.
/// </summary>
public sealed class FileExperimentStore : IExperimentStore, IAsyncDisposable
{
    private const string DocumentFile = "experiment.json";
    private readonly string _folder;
    private readonly TimeProvider _clock;
    private readonly Heartbeats _heartbeats;

    /// <summary>Creates the store; touches nothing yet.</summary>
    /// <param name="folder">The folder that holds a folder per experiment, e.g. <c>results</c>; it need not exist.</param>
    /// <param name="clock">The clock of heartbeats; null: the system's.</param>
    public FileExperimentStore(string folder, TimeProvider? clock = null)
    {
        _folder = Path.GetFullPath(folder);
        _clock = clock ?? TimeProvider.System;
        _heartbeats = new Heartbeats((id, _) => TouchAsync(id), _clock);
    }

    /// <inheritdoc/>
    public async Task SaveAsync(ExperimentDocument document, CancellationToken cancellationToken = default)
    {
        ExperimentNames.ThrowIfNoId(document.Id);
        string path = PathOf(document.Id, DocumentFile);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Replaced in one step: a reader never sees half a document, and a full disk leaves the old one.
        string unfinished = path + ".new";
        await using (FileStream file = File.Create(unfinished))
        {
            await JsonSerializer.SerializeAsync(file, document, ExperimentJson.Indented, cancellationToken).ConfigureAwait(false);
            file.WriteByte((byte)'\n');
        }

        File.Move(unfinished, path, overwrite: true);
        if (document.Status.HasEnded())
            await _heartbeats.StopAsync(document.Id).ConfigureAwait(false);
        else
            _heartbeats.Start(document);
    }

    /// <inheritdoc/>
    /// <remarks>Files of an experiment are written by one program, and one after another.</remarks>
    public async Task<bool> AdvanceAsync(ExperimentDocument document, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(document.Id, cancellationToken).ConfigureAwait(false) is not { } known || known.Status.HasEnded())
            return false;
        await SaveAsync(document, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc/>
    /// <remarks>Does nothing: the engine writes <c>timings.csv</c> itself.</remarks>
    public Task AppendAsync(string experimentId, RunTimings run, CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <inheritdoc/>
    /// <remarks>Leaves a file alone that is there already: the engine has written it.</remarks>
    public async Task SaveFileAsync(
        string experimentId, string fileName, Stream content, CancellationToken cancellationToken = default)
    {
        ExperimentNames.ThrowIfNoId(experimentId);
        ExperimentNames.ThrowIfNoFileName(fileName);
        string path = PathOf(experimentId, fileName);
        if (File.Exists(path))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using FileStream file = File.Create(path);
        await content.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenFileAsync(string experimentId, string fileName, CancellationToken cancellationToken = default)
    {
        ExperimentNames.ThrowIfNoFileName(fileName);
        string path = PathOf(experimentId, fileName);
        return Task.FromResult<Stream?>(ExperimentId.IsValid(experimentId) && File.Exists(path) ? OpenShared(path) : null);
    }

    /// <inheritdoc/>
    public async Task<ExperimentDocument?> FindAsync(string experimentId, CancellationToken cancellationToken = default)
    {
        string path = PathOf(experimentId, DocumentFile);
        if (!ExperimentId.IsValid(experimentId) || !File.Exists(path))
            return null;
        try
        {
            DateTimeOffset lastSignOfLife = File.GetLastWriteTimeUtc(path);
            await using FileStream file = OpenShared(path);
            ExperimentDocument document = await JsonSerializer
                .DeserializeAsync<ExperimentDocument>(file, ExperimentJson.Indented, cancellationToken).ConfigureAwait(false)
                ?? throw new JsonException("it is null");
            return ExperimentEntity.Abandon(document, lastSignOfLife, _clock.GetUtcNow());
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"{path} cannot be read ({exception.Message}); was it edited, or written by another version of this program?", exception);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ExperimentDocument> ListAsync(
        string? afterId = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (afterId is not null)
            ExperimentNames.ThrowIfNoId(afterId);
        if (!Directory.Exists(_folder))
            yield break;
        IEnumerable<string> ids = Directory.EnumerateDirectories(_folder)
            .Select(folder => Path.GetFileName(folder))
            .Where(id => ExperimentId.IsValid(id) && (afterId is null || string.CompareOrdinal(id, afterId) < 0))
            .OrderDescending(StringComparer.Ordinal);
        foreach (string id in ids)
        {
            if (await FindAsync(id, cancellationToken).ConfigureAwait(false) is { } document)
                yield return document with { Runs = [], Analysis = [], Findings = [] };
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException"><c>timings.csv</c> is malformed.</exception>
    public async IAsyncEnumerable<RunTimings> ReadTimingsAsync(
        ExperimentDocument document, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ExperimentNames.ThrowIfNoId(document.Id);
        string path = PathOf(document.Id, "timings.csv");
        if (!File.Exists(path))
            yield break;
        Dictionary<string, List<TaskTiming>> byRun = await TimingsCsv.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        foreach (RunResult run in document.Runs)
        {
            if (byRun.TryGetValue(run.RunId, out List<TaskTiming>? timings))
                yield return new RunTimings(run, timings);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(string experimentId, CancellationToken cancellationToken = default)
    {
        if (!ExperimentId.IsValid(experimentId))
            return false;
        await _heartbeats.StopAsync(experimentId).ConfigureAwait(false);
        string folder = Path.Combine(_folder, experimentId);
        if (!Directory.Exists(folder))
            return false;
        Directory.Delete(folder, recursive: true);
        return true;
    }

    /// <summary>Stops the heartbeats of experiments that have not ended.</summary>
    /// <returns>A task that ends when they have stopped.</returns>
    public ValueTask DisposeAsync() => _heartbeats.DisposeAsync();

    private static FileStream OpenShared(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Share = FileShare.ReadWrite | FileShare.Delete,
        Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
    });

    private string PathOf(string experimentId, string fileName) => Path.Combine(_folder, experimentId, fileName);

    private Task TouchAsync(string experimentId)
    {
        string path = PathOf(experimentId, DocumentFile);
        if (File.Exists(path))
            File.SetLastWriteTimeUtc(path, _clock.GetUtcNow().UtcDateTime);
        return Task.CompletedTask;
    }
}
