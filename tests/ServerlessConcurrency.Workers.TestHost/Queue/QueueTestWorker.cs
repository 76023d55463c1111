using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Durable.Hub;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Queues;
using ServerlessConcurrency.Storage.Workloads;
using ServerlessConcurrency.Workers.Queue;
using ServerlessConcurrency.Workers.TestHost.Workloads;

namespace ServerlessConcurrency.Workers.TestHost.Queue;

/// <summary>A queue worker, or a host of a task hub, that knows the built-in workloads and those of the tests.</summary>
public static class QueueTestWorker
{
    /// <summary>The command that becomes one.</summary>
    public const string Command = "queue-worker";

    /// <summary>The workloads.</summary>
    /// <param name="environment">What they talk to; the file folder is where the tests' ones leave marks.</param>
    /// <returns>The workloads.</returns>
    public static WorkloadCatalog Workloads(WorkloadEnvironment environment) => new(
        [.. BuiltInWorkloads.Create(environment), new BlobWorkload(environment), new EmptyWorkload(), new CompilingWorkload(), .. MischievousWorkload.All(environment)]);

    internal static int Run() => WorkerProgram.Run(Workloads, new QueueWorkerRole(Open), new TaskHubRole());

    private static StorageQueueBackend Open(WorkloadEnvironment environment) => new(StorageAccount.Parse(
        environment.StorageConnection!, new StorageOptions { Prefix = environment.StoragePrefix }));
}
