using System.Globalization;
using Azure.Data.Tables.Models;
using Azure.Storage.Queues.Models;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Storage.Accounts;

namespace ServerlessConcurrency.Storage.Queues;

/// <summary>Removes the queues of tasks and the tables of task attempts that belong to single experiments.</summary>
public static class QueueLeftovers
{
    private const string TimeFormat = "yyyyMMdd-HHmmss";

    // Of an id without its hyphens.
    private const int IdDigits = 18;

    /// <summary>Removes what programs left behind that were killed.</summary>
    /// <param name="createdBefore">Those of younger experiments are kept, as are those of the same second: they may still run. So are those of experiments that have not ended.</param>
    /// <returns>The names of what was removed.</returns>
    /// <exception cref="StorageUnavailableException">The storage did not answer.</exception>
    public static async Task<IReadOnlyList<string>> DeleteAbandonedAsync(
        StorageAccount account, DateTimeOffset createdBefore, IExperimentStore experiments, CancellationToken cancellationToken)
    {
        var removed = new List<string>();
        string queues = account.Names.TasksOf("");
        await foreach (QueueItem queue in account.Queues.GetQueuesAsync(prefix: queues, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            string id = queue.Name[queues.Length..];
            if (!await IsAbandonedAsync(id).ConfigureAwait(false))
                continue;
            await account.Queues.GetQueueClient(queue.Name).DeleteIfExistsAsync(cancellationToken).ConfigureAwait(false);
            removed.Add(queue.Name);
        }

        string tables = account.Names.Attempts;
        await foreach (TableItem table in account.Tables
            .QueryAsync($"TableName ge '{tables}0' and TableName lt '{tables}:'", cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            string digits = table.Name[tables.Length..];
            if (digits.Length != IdDigits || !await IsAbandonedAsync($"{digits[..8]}-{digits[8..14]}-{digits[14..]}").ConfigureAwait(false))
                continue;
            await account.Tables.DeleteTableAsync(table.Name, cancellationToken).ConfigureAwait(false);
            removed.Add(table.Name);
        }

        return removed;

        // An id tells whole seconds.
        async Task<bool> IsAbandonedAsync(string id) =>
            ExperimentId.IsValid(id)
            && DateTimeOffset.TryParseExact(
                id[..TimeFormat.Length], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset created)
            && created.AddSeconds(1) <= createdBefore
            && (await experiments.FindAsync(id, cancellationToken).ConfigureAwait(false))?.Status.HasEnded() != false;
    }
}
