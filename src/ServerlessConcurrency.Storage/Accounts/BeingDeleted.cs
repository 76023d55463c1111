using Azure;
using Azure.Data.Tables.Models;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues.Models;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Storage.Accounts;

/// <summary>For up to a minute after a table, container or queue was deleted, Azure refuses to create one of its name. An emulator never does.</summary>
internal static class BeingDeleted
{
    public static bool IsReason(RequestFailedException exception) =>
        exception.ErrorCode == TableErrorCode.TableBeingDeleted
        || exception.ErrorCode == BlobErrorCode.ContainerBeingDeleted
        || exception.ErrorCode == QueueErrorCode.QueueBeingDeleted;

    public static StorageUnavailableException Translate(RequestFailedException exception) => new(
        $"the storage is still deleting what this program needs ({exception.Status} {exception.ErrorCode}); it takes up to a minute: try again then", exception);
}
