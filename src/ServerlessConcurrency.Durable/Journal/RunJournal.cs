using System.Text.Json;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Durable.Journal;

/// <summary>
/// Keeps what an experiment has measured until it is analysed. Every write replaces what an earlier attempt at the same activity wrote.
/// </summary>
public sealed class RunJournal(IExperimentStore store)
{
    /// <summary>How often who measures looks whether anybody still wants the results.</summary>
    internal static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(5);

    // The app may be updated while an experiment is under way, which then goes on.
    private static readonly string? Program = MachineInfo.Describe(EngineNames.AzureFunctions).Program;

    internal TimeSpan TimeBetweenLooks { get; init; } = WatchInterval;

    /// <summary>Whether anybody still wants the results: the experiment is there and has not ended.</summary>
    /// <returns>False once it was cancelled or deleted.</returns>
    public async Task<bool> IsWantedAsync(string experimentId, CancellationToken cancellationToken)
    {
        MeasurementDocument? stored = await store.FindAsync(experimentId, cancellationToken);
        return stored is not null && !stored.Status.HasEnded();
    }

    /// <summary>Whether a run was kept already, by an earlier attempt at its activity.</summary>
    /// <returns>True if there is nothing left to do for it.</returns>
    public async Task<bool> HasAsync(string experimentId, string runId, CancellationToken cancellationToken) =>
        await store.FindRunAsync(experimentId, runId, cancellationToken) is not null;

    /// <summary>Keeps a run, then the progress of its experiment.</summary>
    public async Task KeepAsync(ExperimentDocument document, RunTimings run, CancellationToken cancellationToken)
    {
        if (document.Environment.Program is { } first && first != Program)
            run = run with { Run = run.Run with { MeasuredBy = Program } };
        await store.AppendAsync(document.Id, run, cancellationToken);
        await TellProgressAsync(document, cancellationToken);
    }

    /// <summary>Measures for as long as anybody wants the results; returns, without them, once nobody does.</summary>
    /// <param name="measure">Measures; its token is cancelled when the experiment was cancelled or deleted.</param>
    /// <exception cref="OperationCanceledException">The host stops.</exception>
    internal async Task WhileWantedAsync(string experimentId, Func<CancellationToken, Task> measure, CancellationToken cancellationToken)
    {
        using var unwanted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task watching = CancelWhenUnwantedAsync(experimentId, unwanted);
        try
        {
            await measure(unwanted.Token);
        }
        catch (OperationCanceledException) when (unwanted.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The experiment was cancelled or deleted: nobody waits for the result.
        }
        finally
        {
            await unwanted.CancelAsync();
            await watching;
        }
    }

    /// <summary>Stores how far an experiment has come, unless it has ended.</summary>
    internal Task TellProgressAsync(MeasurementDocument document, CancellationToken cancellationToken) =>
        store.AdvanceAsync(document with { Status = ExperimentStatus.Running }, cancellationToken);

    /// <returns>The rows, ordered by task index, then attempt.</returns>
    public async Task<IReadOnlyList<TaskTiming>> ReadTimingsAsync(
        ExperimentDocument document, RunResult run, CancellationToken cancellationToken)
    {
        RunTimings read = await store.ReadTimingsAsync(document with { Runs = [run] }, cancellationToken).FirstAsync(cancellationToken);
        return read.Timings;
    }

    /// <summary>Reads the runs that were kept, in the order of the plan.</summary>
    public async Task<IReadOnlyList<RunResult>> ReadRunsAsync(
        string experimentId, IEnumerable<PlannedRun> planned, CancellationToken cancellationToken)
    {
        Dictionary<string, RunResult> kept = await store.ReadRunsAsync(experimentId, cancellationToken)
            .ToDictionaryAsync(run => run.RunId, cancellationToken: cancellationToken);
        return [.. planned.Select(run => kept.GetValueOrDefault(run.RunId)).OfType<RunResult>()];
    }

    /// <summary>The last measured round of which a run was kept; 0 where none was.</summary>
    public async Task<int> FindLastRoundAsync(string experimentId, CancellationToken cancellationToken) => await store
        .ReadRunsAsync(experimentId, cancellationToken)
        .Select(run => run.Round)
        .DefaultIfEmpty(0)
        .MaxAsync(cancellationToken: cancellationToken);

    /// <summary>Puts attempts into a file of the experiment.</summary>
    public Task SaveAttemptsAsync(
        string experimentId, string file, IReadOnlyList<TaskAttempt> attempts, CancellationToken cancellationToken) =>
        SaveAsync(experimentId, file, attempts, cancellationToken);

    /// <summary>Reads what <see cref="SaveAttemptsAsync"/> wrote.</summary>
    /// <exception cref="FileNotFoundException">There is no such file: the experiment was deleted meanwhile.</exception>
    public async Task<IReadOnlyList<TaskAttempt>> ReadAttemptsAsync(
        string experimentId, string file, CancellationToken cancellationToken) =>
        await ReadAsync<TaskAttempt[]>(experimentId, file, cancellationToken)
        ?? throw Missing(experimentId, file);

    /// <summary>Deletes a file of the experiment, unless it is gone.</summary>
    internal Task DeleteAsync(string experimentId, string file, CancellationToken cancellationToken) =>
        store.DeleteFileAsync(experimentId, file, cancellationToken);

    internal static FileNotFoundException Missing(string experimentId, string file) =>
        new($"{experimentId}/{file} is not there; was the experiment deleted meanwhile?");

    /// <summary>Remembers when a run began, or recalls it where an earlier attempt at the activity did so.</summary>
    public async Task<long> BeginOnceAsync(string experimentId, string runId, long nowTicks, CancellationToken cancellationToken)
    {
        string file = $"began-{runId}.json";
        if (await ReadAsync<long?>(experimentId, file, cancellationToken) is { } before)
            return before;
        await SaveAsync(experimentId, file, nowTicks, cancellationToken);
        return nowTicks;
    }

    /// <summary>Puts a value into a file of the experiment.</summary>
    internal async Task SaveAsync<T>(string experimentId, string file, T value, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(value, ExperimentJson.Compact));
        await store.SaveFileAsync(experimentId, file, content, cancellationToken);
    }

    /// <summary>Reads what <see cref="SaveAsync"/> wrote; null where there is no such file.</summary>
    internal async Task<T?> ReadAsync<T>(string experimentId, string file, CancellationToken cancellationToken)
    {
        await using Stream? content = await store.OpenFileAsync(experimentId, file, cancellationToken);
        return content is null
            ? default
            : await JsonSerializer.DeserializeAsync<T>(content, ExperimentJson.Compact, cancellationToken);
    }

    private async Task CancelWhenUnwantedAsync(string experimentId, CancellationTokenSource unwanted)
    {
        using var timer = new PeriodicTimer(TimeBetweenLooks);
        try
        {
            while (await timer.WaitForNextTickAsync(unwanted.Token))
                if (!await MayBeWantedAsync(experimentId, unwanted.Token))
                    await unwanted.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The measurement has ended.
        }
    }

    private async Task<bool> MayBeWantedAsync(string experimentId, CancellationToken cancellationToken)
    {
        try
        {
            return await IsWantedAsync(experimentId, cancellationToken);
        }
        catch (Exception exception) when (exception is StorageUnavailableException or InvalidDataException)
        {
            // Looked for again later; if it stays so, it is noticed when the result is to be stored.
            return true;
        }
    }
}
