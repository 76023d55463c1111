using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Queues;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.Queue;

namespace ServerlessConcurrency.Engine;

/// <summary>Puts the model <c>queue</c> and its workers together with the queues of Azure Storage.</summary>
internal static class QueueModels
{
    public static QueueModel Create(WorkerLaunch launch, WorkloadEnvironment environment, StorageAccount account) =>
        new(new StorageQueueBackend(account), launch, environment);

    public static QueueWorkerRole WorkerRole() => new(environment => new StorageQueueBackend(StorageAccount.Parse(
        environment.StorageConnection ?? throw new InvalidOperationException("a queue worker needs a storage connection"),
        StorageOptions.Of(environment))));
}
