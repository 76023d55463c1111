using Azure.Data.Tables.Models;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues.Models;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Storage.Accounts;

namespace ServerlessConcurrency.Durable.Hub;

/// <summary>Removes task hubs of the local engine: their queues, tables and containers, whichever of them are there.</summary>
public static class TaskHubCleanup
{
    /// <summary>Removes what programs left behind that were killed.</summary>
    /// <param name="createdBefore">Younger ones are kept, as are those of the same second: their programs may still run.</param>
    /// <returns>The names of the hubs that were removed.</returns>
    /// <exception cref="StorageUnavailableException">The storage did not answer.</exception>
    public static async Task<IReadOnlyList<string>> DeleteAbandonedAsync(
        StorageAccount account, DateTimeOffset createdBefore, CancellationToken cancellationToken)
    {
        var hubs = new SortedSet<string>(StringComparer.Ordinal);
        foreach (Part part in await FindAsync(account, TaskHubName.Begin(account.Names.Prefix), cancellationToken))
        {
            string hub = part.Name[..Math.Min(part.Name.Length, TaskHubName.Begin(account.Names.Prefix).Length + TaskHubName.RestLength)];
            // A name tells whole seconds.
            if (TaskHubName.Created(account.Names.Prefix, hub)?.AddSeconds(1) <= createdBefore)
                hubs.Add(hub);
        }

        foreach (string hub in hubs)
            await DeleteAsync(account, hub, cancellationToken);
        return [.. hubs];
    }

    /// <summary>Removes a hub.</summary>
    /// <exception cref="StorageUnavailableException">The storage did not answer.</exception>
    internal static async Task DeleteAsync(StorageAccount account, string hub, CancellationToken cancellationToken)
    {
        IReadOnlyList<Part> parts = await FindAsync(account, hub, cancellationToken);
        await Task.WhenAll(parts.Select(part => part.DeleteAsync(cancellationToken)));
    }

    private static async Task<IReadOnlyList<Part>> FindAsync(StorageAccount account, string prefix, CancellationToken cancellationToken)
    {
        var parts = new List<Part>();
        await foreach (QueueItem queue in account.Queues.GetQueuesAsync(prefix: prefix, cancellationToken: cancellationToken))
            parts.Add(new Part(queue.Name, cancelled => account.Queues.GetQueueClient(queue.Name).DeleteIfExistsAsync(cancelled)));
        await foreach (BlobContainerItem container in account.Blobs.GetBlobContainersAsync(
            BlobContainerTraits.None, BlobContainerStates.None, prefix, cancellationToken))
        {
            parts.Add(new Part(
                container.Name, cancelled => account.Blobs.GetBlobContainerClient(container.Name).DeleteIfExistsAsync(cancellationToken: cancelled)));
        }

        // Whatever begins with the prefix lies before the prefix with the character after its last one.
        string end = prefix[..^1] + (char)(prefix[^1] + 1);
        await foreach (TableItem table in account.Tables.QueryAsync(
            $"TableName ge '{prefix}' and TableName lt '{end}'", cancellationToken: cancellationToken))
            parts.Add(new Part(table.Name, cancelled => account.Tables.DeleteTableAsync(table.Name, cancelled)));
        return parts;
    }

    private sealed record Part(string Name, Func<CancellationToken, Task> DeleteAsync);
}
