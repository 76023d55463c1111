using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Rows;

namespace ServerlessConcurrency.Storage.Queues;

/// <summary>
/// Task attempts as rows of a table of their experiment's own. Once it is deleted, attempts of messages that come late are dropped: nobody
/// asks for them.
/// </summary>
public sealed class StorageTaskResults(StorageAccount account) : ITaskResults
{
    private const string ErrorColumn = "error";

    // Azure Tables takes up to 64 KiB in a column; the beginning of an error says what it is.
    private const int LongestError = 4000;

    public Task CreateAsync(string experimentId, CancellationToken cancellationToken = default) => Table(experimentId).CreateAsync(cancellationToken);

    public async Task WriteAsync(
        string experimentId,
        string runId,
        long runBeganTicks,
        IReadOnlyList<TaskAttempt> attempts,
        CancellationToken cancellationToken = default)
    {
        try
        {
            await Table(experimentId)
                .UpsertAsync(attempts.Select(attempt => ToEntity(Partition(runId, runBeganTicks), runBeganTicks, attempt)), cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException exception) when (RowTable.IsGone(exception))
        {
            // The experiment has ended.
        }
    }

    public async IAsyncEnumerable<TaskAttempt> ReadAsync(
        string experimentId,
        string runId,
        long runBeganTicks,
        int fromTaskIndex,
        int toTaskIndex,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IAsyncEnumerable<TableEntity> rows = Table(experimentId).ReadAsync(
            Partition(runId, runBeganTicks),
            AttemptEntity.RowKey(fromTaskIndex, 0),
            AttemptEntity.RowKey(toTaskIndex + 1, 0),
            cancellationToken);
        await foreach (TableEntity row in rows)
            yield return ToAttempt(row, runBeganTicks);
    }

    public Task DeleteAsync(string experimentId, CancellationToken cancellationToken = default) => Table(experimentId).DropAsync(cancellationToken);

    // A run that is measured again, after its program was killed, has nothing of the first time.
    private static string Partition(string runId, long runBeganTicks) => string.Create(CultureInfo.InvariantCulture, $"{runId}-{runBeganTicks}");

    private RowTable Table(string experimentId) => new(account.Tables.GetTableClient(account.Names.AttemptsOf(experimentId)));

    private static TableEntity ToEntity(string partition, long began, in TaskAttempt attempt)
    {
        TableEntity entity = AttemptEntity.From(partition, TaskTiming.Of(attempt, began));
        if (attempt.Error is { } error)
            entity[ErrorColumn] = error.Length <= LongestError ? error : error[..LongestError];
        return entity;
    }

    private static TaskAttempt ToAttempt(TableEntity entity, long began) =>
        AttemptEntity.ToTiming(entity).ToAttempt(began, entity.GetString(ErrorColumn));
}
