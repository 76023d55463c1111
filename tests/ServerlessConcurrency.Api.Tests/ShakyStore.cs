using System.Runtime.CompilerServices;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Api.Tests;

/// <summary>A store that can be made to fail: in every call, or in the middle of the timings.</summary>
internal sealed class ShakyStore(IExperimentStore inner) : IExperimentStore
{
    public const string Message = "the account 'a' does not answer";

    public bool IsDown { get; set; }

    /// <summary>Thrown where a document is saved; null: nothing.</summary>
    public Exception? SaveFailure { get; set; }

    /// <summary>How long the answer of a look-up is under way.</summary>
    public TimeSpan Lag { get; set; }

    /// <summary>Timings fail after so many runs; null: never.</summary>
    public int? FailAfterRuns { get; set; }

    public Task SaveAsync(MeasurementDocument document, CancellationToken cancellationToken = default) =>
        SaveFailure is null ? Up().SaveAsync(document, cancellationToken) : Task.FromException(SaveFailure);

    public Task<bool> AdvanceAsync(MeasurementDocument document, CancellationToken cancellationToken = default) =>
        Up().AdvanceAsync(document, cancellationToken);

    public Task AppendAsync(string experimentId, RunTimings run, CancellationToken cancellationToken = default) =>
        Up().AppendAsync(experimentId, run, cancellationToken);

    public Task SaveFileAsync(string experimentId, string fileName, Stream content, CancellationToken cancellationToken = default) =>
        Up().SaveFileAsync(experimentId, fileName, content, cancellationToken);

    public Task<Stream?> OpenFileAsync(string experimentId, string fileName, CancellationToken cancellationToken = default) =>
        Up().OpenFileAsync(experimentId, fileName, cancellationToken);

    public Task DeleteFileAsync(string experimentId, string fileName, CancellationToken cancellationToken = default) =>
        Up().DeleteFileAsync(experimentId, fileName, cancellationToken);

    public IAsyncEnumerable<RunResult> ReadRunsAsync(string experimentId, CancellationToken cancellationToken = default) =>
        Up().ReadRunsAsync(experimentId, cancellationToken);

    public Task<RunResult?> FindRunAsync(string experimentId, string runId, CancellationToken cancellationToken = default) =>
        Up().FindRunAsync(experimentId, runId, cancellationToken);

    public async Task<MeasurementDocument?> FindAsync(string experimentId, CancellationToken cancellationToken = default)
    {
        MeasurementDocument? found = await Up().FindAsync(experimentId, cancellationToken);
        await Task.Delay(Lag, cancellationToken);
        return found;
    }

    public IAsyncEnumerable<MeasurementDocument> ListAsync(string? afterId = null, CancellationToken cancellationToken = default) =>
        Up().ListAsync(afterId, cancellationToken);

    public async IAsyncEnumerable<RunTimings> ReadTimingsAsync(
        ExperimentDocument document, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        int runs = 0;
        await foreach (RunTimings run in Up().ReadTimingsAsync(document, cancellationToken))
        {
            if (runs++ >= FailAfterRuns)
                throw new StorageUnavailableException(Message);
            yield return run;
        }
    }

    public Task<bool> DeleteAsync(string experimentId, CancellationToken cancellationToken = default) =>
        Up().DeleteAsync(experimentId, cancellationToken);

    private IExperimentStore Up() => IsDown ? throw new StorageUnavailableException(Message) : inner;
}
