using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using DurableTask.AzureStorage;
using ServerlessConcurrency.Storage.Accounts;

namespace ServerlessConcurrency.Durable.Hub;

/// <summary>The clients of a storage account as the Durable Task Framework takes them.</summary>
internal static class HubClients
{
    /// <param name="gate">Holds back what they send; null: nothing is.</param>
    public static StorageAccountClientProvider Of(StorageAccount account, HttpPipelinePolicy? gate)
    {
        StorageClients clients = account.Clients;
        return new StorageAccountClientProvider(
            new Provider<BlobServiceClient, BlobClientOptions>(clients.BlobOptions, clients.Blobs, null),
            new Provider<QueueServiceClient, QueueClientOptions>(clients.QueueOptions, clients.Queues, gate),
            new Provider<TableServiceClient, TableClientOptions>(clients.TableOptions, clients.Tables, null));
    }

    private sealed class Provider<TClient, TOptions>(Func<TOptions> createOptions, Func<TOptions, TClient> createClient, HttpPipelinePolicy? gate)
        : IStorageServiceClientProvider<TClient, TOptions>
        where TOptions : ClientOptions
    {
        public TOptions CreateOptions()
        {
            TOptions options = createOptions();
            if (gate is not null)
                options.AddPolicy(gate, HttpPipelinePosition.PerCall);
            return options;
        }

        public TClient CreateClient(TOptions options) => createClient(options);
    }
}
