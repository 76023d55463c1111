using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Storage.Accounts;

namespace ServerlessConcurrency.Storage.Queues;

/// <summary>The queues and task results of one storage account, whose requests count as the run's.</summary>
public sealed class StorageQueueBackend : IQueueBackend
{
    private readonly StorageAccount _account;

    /// <summary>Creates the backend; nothing is sent yet.</summary>
    public StorageQueueBackend(StorageAccount account)
    {
        _account = account.ForRuns();
        Results = new StorageTaskResults(_account);
    }

    public ITaskResults Results { get; }

    public ITaskQueue OpenQueue(string experimentId) => new StorageTaskQueue(
        _account.Queues.GetQueueClient(_account.Names.TasksOf(experimentId)),
        _account.Queues.GetQueueClient(_account.Names.PoisonTasks));
}
