using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.DocumentFile;
using ServerlessConcurrency.Reporting.Exporting;
using ServerlessConcurrency.Reporting.TimingsCsv;
using ServerlessConcurrency.Storage.Experiments;
using ServerlessConcurrency.Storage.Liveness;

namespace ServerlessConcurrency.Reporting.Files;

/// <summary>
/// Keeps experiments in results/ID, a folder for each: experiment.json, the timings, which grow run by run, and the reports. While this
/// program runs an experiment, a heartbeat touches experiment.json; one that has not ended and is without for five minutes is shown as failed.
/// </summary>
public sealed class ResultsFolder : IExperimentStore, IAsyncDisposable
{
    private static readonly DocumentFileExporter<MeasurementDocument> Document = new(ExperimentNames.DocumentFile);
    private static readonly TimingsCsvExporter Timings = new();

    // Not a name that a results folder or a user has.
    private const string AsideFile = "timings.csv.interrupted";

    // So large experiment.json becomes, and more; with more runs than so many there is less room than it may need.
    private const int BytesOfDocument = 32 * 1024;
    private const int BytesOfRun = 2 * 1024;
    private const int MostRunsWithRoom = 1_000;

    private const int DeletionAttempts = 20;
    private static readonly TimeSpan DeletionPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromHours(1);

    private readonly string _given;
    private readonly string _path;
    private readonly TimeProvider _clock;
    private readonly IProgress<string>? _notes;
    private readonly Heartbeats _heartbeats;
    private readonly ConcurrentDictionary<string, TimingFiles> _growing = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (long Length, DateTime WrittenAt, MeasurementDocument Document)> _ended = new(StringComparer.Ordinal);
    private int _swept;

    /// <param name="notes">Is told what cannot be read or is missing; null: nobody is.</param>
    public ResultsFolder(string path, TimeProvider? clock = null, IProgress<string>? notes = null)
    {
        _notes = notes;
        _given = path;
        _path = Path.GetFullPath(path);
        _clock = clock ?? TimeProvider.System;
        _heartbeats = new Heartbeats((id, _) => TouchAsync(id), _clock);
    }

    /// <summary>The folder of an experiment or a sweep.</summary>
    public static string PathOf(string resultsPath, string id) => Path.Combine(resultsPath, id);

    /// <summary>The names of the files that an experiment leaves behind: reports, experiment.json and, where it has runs, timings.</summary>
    public static IEnumerable<string> FilesOf(MeasurementDocument document) =>
    [
        .. Exporters.Reports.Select(report => report.FileName),
        Document.FileName,
        .. document is ExperimentDocument ? Exporters.TimingsOfEveryRun.Select(timings => timings.FileName) : [],
    ];

    public async Task SaveAsync(MeasurementDocument document, CancellationToken cancellationToken = default)
    {
        ExperimentNames.ThrowIfNoId(document.Id);
        // Whoever sees that the experiment has ended finds its timings complete.
        if (document.Status.HasEnded())
            await OrMakeRoomAsync(document.Id, () => CloseAsync(document.Id)).ConfigureAwait(false);
        else if (document is ExperimentDocument { Status: ExperimentStatus.Running } running)
            await BeginAsync(running, cancellationToken).ConfigureAwait(false);
        await WriteAsync(Document, document, this, cancellationToken).ConfigureAwait(false);
        if (!document.Status.HasEnded())
        {
            _heartbeats.Start(document);
            await AtomicFile.ReserveAsync(
                Path.Combine(_path, document.Id, Document.FileName),
                BytesOfDocument + (BytesOfRun * Math.Min(document.Progress.RunsTotal, MostRunsWithRoom))).ConfigureAwait(false);
            return;
        }

        await _heartbeats.StopAsync(document.Id).ConfigureAwait(false);
    }

    public async Task<bool> AdvanceAsync(MeasurementDocument document, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(document.Id, cancellationToken).ConfigureAwait(false) is not { } known || known.Status.HasEnded())
            return false;
        await SaveAsync(document, cancellationToken).ConfigureAwait(false);
        return true;
    }

    public Task AppendAsync(string experimentId, RunTimings run, CancellationToken cancellationToken = default)
    {
        ExperimentNames.ThrowIfNoId(experimentId);
        return OrMakeRoomAsync(experimentId, () => FileLimit.WriteAsync(() => Open(experimentId).AppendAsync(run, cancellationToken)));
    }

    public Task SaveFileAsync(string experimentId, string fileName, Stream content, CancellationToken cancellationToken = default)
    {
        ExperimentNames.ThrowIfNoId(experimentId);
        ExperimentNames.ThrowIfNoFileName(fileName);
        Directory.CreateDirectory(PathOf(_path, experimentId));
        return AtomicFile.ReplaceAsync(Path.Combine(_path, experimentId, fileName), file => content.CopyToAsync(file, cancellationToken));
    }

    public Task<Stream?> OpenFileAsync(string experimentId, string fileName, CancellationToken cancellationToken = default)
    {
        ExperimentNames.ThrowIfNoFileName(fileName);
        return Task.FromResult<Stream?>(Find(experimentId, fileName) is { } path ? OpenShared(path) : null);
    }

    public Task DeleteFileAsync(string experimentId, string fileName, CancellationToken cancellationToken = default)
    {
        ExperimentNames.ThrowIfNoFileName(fileName);
        if (Find(experimentId, fileName) is { } path)
            File.Delete(path);
        return Task.CompletedTask;
    }

    public async Task<MeasurementDocument?> FindAsync(string experimentId, CancellationToken cancellationToken = default)
    {
        if (Find(experimentId, Document.FileName) is not { } path)
            return null;
        try
        {
            DateTimeOffset lastSignOfLife = File.GetLastWriteTimeUtc(path);
            await using FileStream file = OpenShared(path);
            MeasurementDocument document = await JsonSerializer
                .DeserializeAsync<MeasurementDocument>(file, ExperimentJson.Indented, cancellationToken).ConfigureAwait(false)
                ?? throw new JsonException("it is null");
            if (document.Id != experimentId)
                throw new JsonException($"it is of '{document.Id}'");
            return Judged(document, lastSignOfLife);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"{path} cannot be read ({exception.Message}); was it edited, or written by another version of this program?", exception);
        }
    }

    public async IAsyncEnumerable<MeasurementDocument> ListAsync(
        string? afterId = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (afterId is not null)
            ExperimentNames.ThrowIfNoId(afterId);
        if (!Directory.Exists(_path))
            yield break;
        IEnumerable<string> ids = Directory.EnumerateDirectories(_path)
            .Select(folder => Path.GetFileName(folder))
            .Where(id => ExperimentId.IsValid(id) && (afterId is null || string.CompareOrdinal(id, afterId) < 0))
            .OrderDescending(StringComparer.Ordinal);
        foreach (string id in ids)
        {
            if (await FindListedAsync(id, cancellationToken).ConfigureAwait(false) is { } document)
                yield return document;
        }
    }

    // Lists are asked for every few seconds, of a process that may be measuring: what has ended is not read again.
    private async Task<MeasurementDocument?> FindListedAsync(string id, CancellationToken cancellationToken)
    {
        var file = new FileInfo(Path.Combine(_path, id, Document.FileName));
        (long length, DateTime writtenAt) = file.Exists ? (file.Length, file.LastWriteTimeUtc) : default;
        if (_ended.TryGetValue(id, out var ended) && (ended.Length, ended.WrittenAt) == (length, writtenAt))
            return ended.Document;
        _ended.TryRemove(id, out _);
        MeasurementDocument? listed = await FindReadableAsync(id, cancellationToken).ConfigureAwait(false) switch
        {
            ExperimentDocument experiment => experiment with { Runs = [], Analysis = [], Findings = [] },
            { } document => document with { Findings = [] },
            null => null,
        };
        if (listed is not null && listed.Status.HasEnded())
            _ended[id] = (length, writtenAt, listed);
        return listed;
    }

    // One that cannot be read does not hide the others.
    private async Task<MeasurementDocument?> FindReadableAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            _notes?.Report($"{id} is left out: {exception.Message}");
            return null;
        }
    }

    /// <remarks>Those that experiment.json tells of: while the experiment runs, the last ones may be missing.</remarks>
    public async IAsyncEnumerable<RunResult> ReadRunsAsync(
        string experimentId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (await FindAsync(experimentId, cancellationToken).ConfigureAwait(false) is ExperimentDocument document)
            foreach (RunResult run in document.Runs.OrderBy(run => run.RunId, StringComparer.Ordinal))
                yield return run;
    }

    public async Task<RunResult?> FindRunAsync(string experimentId, string runId, CancellationToken cancellationToken = default) =>
        await ReadRunsAsync(experimentId, cancellationToken).FirstOrDefaultAsync(run => run.RunId == runId, cancellationToken).ConfigureAwait(false);

    public IAsyncEnumerable<RunTimings> ReadTimingsAsync(ExperimentDocument document, CancellationToken cancellationToken = default)
    {
        ExperimentNames.ThrowIfNoId(document.Id);
        string fileName = IsAsideWhole(document.Id) ? AsideFile : Timings.FileName;
        return MissingTimings.TellAsync(
            document,
            ReadTimingsAsync(document, fileName, _notes, cancellationToken),
            Path.Combine(PathOf(_path, document.Id), fileName),
            _notes,
            cancellationToken);
    }

    /// <summary>
    /// Puts the timings of an experiment that was interrupted aside, so that they are written from the beginning on. Read them before: what they lack, or what
    /// is damaged, is not told here.
    /// </summary>
    /// <param name="takenOver">Removes what was put aside.</param>
    /// <returns>What was put aside.</returns>
    public IAsyncEnumerable<RunTimings> PutAside(ExperimentDocument interrupted, out Action takenOver)
    {
        ExperimentNames.ThrowIfNoId(interrupted.Id);
        string aside = Path.Combine(PathOf(_path, interrupted.Id), AsideFile);
        if (Find(interrupted.Id, Timings.FileName) is { } path)
        {
            if (IsAsideWhole(interrupted.Id))
                File.Delete(path);
            else
                File.Move(path, aside, overwrite: true);
        }

        foreach (string other in Exporters.TimingsOfEveryRun.Select(exporter => exporter.FileName).Except([Timings.FileName]))
            File.Delete(Path.Combine(PathOf(_path, interrupted.Id), other));
        takenOver = () => File.Delete(aside);
        return ReadTimingsAsync(interrupted, AsideFile, notes: null, CancellationToken.None);
    }

    // Where it was interrupted while it took over what was put aside before, that is more; once all was taken over, it is gone.
    private bool IsAsideWhole(string experimentId) =>
        Find(experimentId, AsideFile) is { } aside
        && (Find(experimentId, Timings.FileName) is not { } path || new FileInfo(aside).Length >= new FileInfo(path).Length);

    private async IAsyncEnumerable<RunTimings> ReadTimingsAsync(
        ExperimentDocument document, string fileName, IProgress<string>? notes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<string, RunResult> runs = document.Runs.ToDictionary(run => run.RunId);
        if (runs.Count == 0 || Find(document.Id, fileName) is not { } path)
            yield break;
        await using FileStream file = OpenShared(path);
        await foreach ((string runId, List<TaskTiming> timings) in TimingsCsvReader.ReadAsync(path, document.Id, file, notes, cancellationToken).ConfigureAwait(false))
        {
            if (!runs.Remove(runId, out RunResult? run))
                continue;
            yield return new RunTimings(run, timings);
            if (runs.Count == 0)
                yield break;
        }
    }

    public async Task<bool> DeleteAsync(string experimentId, CancellationToken cancellationToken = default)
    {
        if (!ExperimentId.IsValid(experimentId))
            return false;
        await _heartbeats.StopAsync(experimentId).ConfigureAwait(false);
        await CloseAsync(experimentId).ConfigureAwait(false);
        _ended.TryRemove(experimentId, out _);
        return await RemoveAsync(PathOf(_path, experimentId), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes the folder of an experiment.</summary>
    /// <returns>Whether there was one.</returns>
    public static async Task<bool> RemoveAsync(string folder, CancellationToken cancellationToken)
    {
        for (int attempt = 1; Directory.Exists(folder); attempt++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return true;
            }
            catch (IOException) when (attempt < DeletionAttempts)
            {
                // Somebody else deletes it, too.
                await Task.Delay(DeletionPause, cancellationToken).ConfigureAwait(false);
            }
        }

        return false;
    }

    /// <summary>Writes experiment.json and the reports of an experiment whose timings are elsewhere, or written already.</summary>
    /// <param name="timings">Where the timings are.</param>
    public async Task<IReadOnlyList<string>> WriteDocumentsAsync(
        MeasurementDocument document, IExperimentStore timings, IReadOnlyList<IDocumentExporter<MeasurementDocument>> reports, CancellationToken cancellationToken)
    {
        ExperimentNames.ThrowIfNoId(document.Id);
        var paths = new List<string>();
        foreach (IDocumentExporter<MeasurementDocument> exporter in reports.Prepend(Document))
        {
            await WriteAsync(exporter, document, timings, cancellationToken).ConfigureAwait(false);
            paths.Add(Path.Combine(PathOf(_given, document.Id), exporter.FileName));
        }

        return paths;
    }

    public async ValueTask DisposeAsync()
    {
        await _heartbeats.DisposeAsync().ConfigureAwait(false);
        foreach (string experimentId in _growing.Keys)
            await CloseAsync(experimentId).ConfigureAwait(false);
    }

    private async Task WriteAsync(
        IDocumentExporter<MeasurementDocument> exporter, MeasurementDocument document, IExperimentStore timings, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(PathOf(_path, document.Id));
        if (Interlocked.Exchange(ref _swept, 1) == 0)
            Sweep();
        string path = Path.Combine(_path, document.Id, exporter.FileName);
        await AtomicFile.ReplaceAsync(path, file => exporter.WriteAsync(
            document, experiment => timings.ReadTimingsAsync(experiment, cancellationToken), file, cancellationToken)).ConfigureAwait(false);
    }

    // Once in a program: what others have left, of sweeps too.
    private void Sweep() => AtomicFile.Sweep(
        ((string[])[_path]).SelectMany(Directory.EnumerateDirectories).Where(folder => ExperimentId.IsValid(Path.GetFileName(folder))),
        (_clock.GetUtcNow() - AbandonedAfter).UtcDateTime);

    private async Task OrMakeRoomAsync(string experimentId, Func<Task> write)
    {
        try
        {
            await write().ConfigureAwait(false);
        }
        catch (IOException)
        {
            await MakeRoomAsync(experimentId).ConfigureAwait(false);
            throw;
        }
    }

    // What can be made again from the timings leaves its place to the document, which tells how the experiment ended.
    private async Task MakeRoomAsync(string experimentId)
    {
        try
        {
            try
            {
                await CloseAsync(experimentId).ConfigureAwait(false);
            }
            finally
            {
                foreach (string file in Exporters.TimingsOfEveryRun.Select(exporter => exporter.FileName).Except([Timings.FileName]))
                    File.Delete(Path.Combine(PathOf(_path, experimentId), file));
            }
        }
        catch (IOException)
        {
            // The disk is in no state for that.
        }
    }

    private async Task BeginAsync(ExperimentDocument running, CancellationToken cancellationToken)
    {
        // One that goes on after it had ended has other reports.
        if (running.Resumptions is not null)
            foreach (IDocumentExporter<MeasurementDocument> report in Exporters.Reports)
                await DeleteFileAsync(running.Id, report.FileName, cancellationToken).ConfigureAwait(false);
        Open(running.Id);
    }

    private TimingFiles Open(string experimentId) =>
        _growing.GetOrAdd(experimentId, id => new TimingFiles(PathOf(_path, id), id));

    private Task CloseAsync(string experimentId) =>
        _growing.TryRemove(experimentId, out TimingFiles? files) ? FileLimit.WriteAsync(() => files.DisposeAsync().AsTask()) : Task.CompletedTask;

    // Nobody has drawn conclusions from what an abandoned experiment had measured.
    private MeasurementDocument Judged(MeasurementDocument document, DateTimeOffset lastSignOfLife)
    {
        MeasurementDocument judged = AbandonedExperiment.Judge(
            document, lastSignOfLife, _clock.GetUtcNow(), id => ExperimentLease.IsAbandoned(PathOf(_path, id)));
        return judged == document ? document : ExperimentConclusion.Draw(judged);
    }

    private string? Find(string experimentId, string fileName) =>
        ExperimentId.IsValid(experimentId) && File.Exists(Path.Combine(_path, experimentId, fileName))
            ? Path.Combine(_path, experimentId, fileName)
            : null;

    private static FileStream OpenShared(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Share = FileShare.ReadWrite | FileShare.Delete,
        Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
    });

    private Task TouchAsync(string experimentId)
    {
        if (Find(experimentId, Document.FileName) is { } path)
            File.SetLastWriteTimeUtc(path, _clock.GetUtcNow().UtcDateTime);
        return Task.CompletedTask;
    }
}
