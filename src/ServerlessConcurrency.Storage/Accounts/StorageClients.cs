using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace ServerlessConcurrency.Storage.Accounts;

/// <summary>Creates the clients of a storage account, for libraries that have their own options to add.</summary>
/// <param name="TableOptions">Creates options, to be changed and passed on.</param>
/// <param name="BlobOptions">Creates options, to be changed and passed on.</param>
/// <param name="QueueOptions">Creates options, to be changed and passed on.</param>
public sealed record StorageClients(
    Func<TableClientOptions> TableOptions,
    Func<TableClientOptions, TableServiceClient> Tables,
    Func<BlobClientOptions> BlobOptions,
    Func<BlobClientOptions, BlobServiceClient> Blobs,
    Func<QueueClientOptions> QueueOptions,
    Func<QueueClientOptions, QueueServiceClient> Queues);
