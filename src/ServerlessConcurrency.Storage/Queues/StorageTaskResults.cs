using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Timings;

namespace ServerlessConcurrency.Storage.Queues;

/// <summary>
/// Task attempts as rows of table <c>timings</c>, the same rows as the experiment store writes when the run has ended: those of
/// a queue worker lack the columns that tell about the run, and have the error beside them.
/// </summary>
public sealed class StorageTaskResults : ITaskResults, IDisposable
{
    private const string ErrorColumn = "error";

    // Azure Tables takes up to 64 KiB in a column; the beginning of an error says what it is.
    private const int LongestError = 4000;

    private readonly TimingTable _table;

    /// <summary>Creates them; nothing is sent yet.</summary>
    public StorageTaskResults(StorageAccount account) => _table = new TimingTable(account);

    public Task WriteAsync(
        string experimentId,
        string runId,
        long runBeganTicks,
        IReadOnlyList<TaskAttempt> attempts,
        CancellationToken cancellationToken = default)
    {
        string partition = TimingEntity.PartitionKey(experimentId, runId);
        return _table.UpsertAsync(attempts.Select(attempt => ToEntity(partition, runBeganTicks, attempt)), cancellationToken);
    }

    public async IAsyncEnumerable<TaskAttempt> ReadAsync(
        string experimentId,
        string runId,
        long runBeganTicks,
        int fromTaskIndex,
        int toTaskIndex,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IAsyncEnumerable<TableEntity> rows = _table.ReadAsync(
            TimingEntity.PartitionKey(experimentId, runId),
            TimingEntity.RowKey(fromTaskIndex, 0),
            TimingEntity.RowKey(toTaskIndex + 1, 0),
            cancellationToken);
        await foreach (TableEntity row in rows)
            yield return ToAttempt(row, runBeganTicks);
    }

    public Task DeleteAsync(string experimentId, string runId, CancellationToken cancellationToken = default) =>
        _table.DeletePartitionAsync(TimingEntity.PartitionKey(experimentId, runId), cancellationToken);

    public void Dispose() => _table.Dispose();

    private static TableEntity ToEntity(string partition, long began, in TaskAttempt attempt)
    {
        TableEntity entity = TimingEntity.From(partition, TaskTiming.Of(attempt, began));
        if (attempt.Error is { } error)
            entity[ErrorColumn] = error.Length <= LongestError ? error : error[..LongestError];
        return entity;
    }

    private static TaskAttempt ToAttempt(TableEntity entity, long began) =>
        TimingEntity.ToTiming(entity).ToAttempt(began, entity.GetString(ErrorColumn));
}
