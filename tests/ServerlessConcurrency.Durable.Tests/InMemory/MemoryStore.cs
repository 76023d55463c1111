using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Durable.Tests.InMemory;

/// <summary>A store in memory that writes as Azure Storage does: what is written again replaces what was there.</summary>
internal sealed class MemoryStore : IExperimentStore
{
    private readonly ConcurrentDictionary<string, byte[]> _documents = new();
    private readonly ConcurrentDictionary<(string Experiment, string File), byte[]> _files = new();
    private readonly ConcurrentDictionary<(string Experiment, string Run, int Task, int Attempt), TaskTiming> _rows = new();
    private readonly ConcurrentDictionary<(string Experiment, string Run), RunResult> _runs = new();
    private int _rowsWritten;

    /// <summary>How many rows were written, those that replaced another included.</summary>
    public int RowsWritten => Volatile.Read(ref _rowsWritten);

    /// <summary>Called before anything is written of an experiment; may throw.</summary>
    public Action<string> BeforeWrite { get; set; } = static _ => { };

    /// <summary>Called before an experiment is looked for; may throw.</summary>
    public Action BeforeFind { get; set; } = static () => { };

    public IReadOnlyList<TaskTiming> Rows(string runId) =>
    [
        .. _rows.Where(row => row.Key.Run == runId).Select(row => row.Value).OrderBy(row => row.TaskIndex).ThenBy(row => row.Attempt),
    ];

    public IReadOnlyList<string> Files() => [.. _files.Keys.Select(key => key.File).Order(StringComparer.Ordinal)];

    public Task SaveAsync(MeasurementDocument document, CancellationToken cancellationToken = default)
    {
        BeforeWrite("document");
        _documents[document.Id] = JsonSerializer.SerializeToUtf8Bytes(document, ExperimentJson.Compact);
        return Task.CompletedTask;
    }

    public Task<bool> AdvanceAsync(MeasurementDocument document, CancellationToken cancellationToken = default)
    {
        byte[] advanced = JsonSerializer.SerializeToUtf8Bytes(document, ExperimentJson.Compact);
        while (_documents.TryGetValue(document.Id, out byte[]? known) && !Read(known).Status.HasEnded())
        {
            BeforeWrite("document");
            if (_documents.TryUpdate(document.Id, advanced, known))
                return Task.FromResult(true);
        }

        return Task.FromResult(false);
    }

    public Task AppendAsync(string experimentId, RunTimings run, CancellationToken cancellationToken = default)
    {
        BeforeWrite("rows");
        foreach (TaskTiming row in run.Timings)
            _rows[(experimentId, run.Run.RunId, row.TaskIndex, row.Attempt)] = row;
        _runs[(experimentId, run.Run.RunId)] = run.Run;
        Interlocked.Add(ref _rowsWritten, run.Timings.Count);
        return Task.CompletedTask;
    }

    public async Task SaveFileAsync(
        string experimentId, string fileName, Stream content, CancellationToken cancellationToken = default)
    {
        BeforeWrite(fileName);
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        _files[(experimentId, fileName)] = bytes.ToArray();
    }

    public Task<Stream?> OpenFileAsync(string experimentId, string fileName, CancellationToken cancellationToken = default) =>
        Task.FromResult<Stream?>(_files.TryGetValue((experimentId, fileName), out byte[]? bytes) ? new MemoryStream(bytes) : null);

    public Task DeleteFileAsync(string experimentId, string fileName, CancellationToken cancellationToken = default)
    {
        _files.TryRemove((experimentId, fileName), out _);
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<RunResult> ReadRunsAsync(string experimentId, CancellationToken cancellationToken = default) => _runs
        .Where(run => run.Key.Experiment == experimentId)
        .Select(run => run.Value)
        .OrderBy(run => run.RunId, StringComparer.Ordinal)
        .ToAsyncEnumerable();

    public Task<RunResult?> FindRunAsync(string experimentId, string runId, CancellationToken cancellationToken = default) =>
        Task.FromResult(_runs.GetValueOrDefault((experimentId, runId)));

    public Task<MeasurementDocument?> FindAsync(string experimentId, CancellationToken cancellationToken = default)
    {
        BeforeFind();
        return Task.FromResult(_documents.TryGetValue(experimentId, out byte[]? bytes) ? Read(bytes) : null);
    }

    public async IAsyncEnumerable<MeasurementDocument> ListAsync(
        string? afterId = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (string id in _documents.Keys.OrderDescending(StringComparer.Ordinal))
            if (await FindAsync(id, cancellationToken) is { } document)
                yield return document;
    }

    public async IAsyncEnumerable<RunTimings> ReadTimingsAsync(
        ExperimentDocument document, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        foreach (RunResult run in document.Runs)
            yield return new RunTimings(run, Rows(run.RunId));
    }

    public Task<bool> DeleteAsync(string experimentId, CancellationToken cancellationToken = default) =>
        Task.FromResult(_documents.TryRemove(experimentId, out _));

    private static MeasurementDocument Read(byte[] bytes) => JsonSerializer.Deserialize<MeasurementDocument>(bytes, ExperimentJson.Compact)!;
}
