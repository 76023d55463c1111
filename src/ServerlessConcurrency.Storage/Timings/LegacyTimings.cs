using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Rows;

namespace ServerlessConcurrency.Storage.Timings;

/// <summary>Table <c>timings</c> of schema 1: a row per task attempt. It is read and emptied, and no longer written.</summary>
internal sealed class LegacyTimings(StorageAccount account)
{
    private readonly RowTable _rows = new(account.Tables.GetTableClient(account.Names.Timings));

    public ValueTask<List<TaskTiming>> ReadAsync(string experimentId, string runId, CancellationToken cancellationToken) => _rows
        .ReadAsync($"{experimentId}_{runId}", cancellationToken)
        .Select(AttemptEntity.ToTiming)
        .ToListAsync(cancellationToken);

    public Task<bool> DeleteAsync(string experimentId, CancellationToken cancellationToken) =>
        _rows.DeletePartitionsAsync($"{experimentId}_", cancellationToken);
}
