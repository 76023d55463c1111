using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Storage.Accounts;

namespace ServerlessConcurrency.Storage.Queues;

/// <summary>The queues and task results of one storage account, whose requests count as the run's.</summary>
public sealed class StorageQueueBackend : IQueueBackend, IDisposable
{
    private readonly StorageAccount _account;
    private readonly StorageTaskResults _results;

    /// <summary>Creates the backend; nothing is sent yet.</summary>
    public StorageQueueBackend(StorageAccount account)
    {
        _account = account.ForRuns();
        _results = new StorageTaskResults(_account);
    }

    public ITaskResults Results => _results;

    public ITaskQueue OpenQueue(string experimentId) => new StorageTaskQueue(
        _account.Queues.GetQueueClient(_account.Names.TasksOf(experimentId)),
        _account.Queues.GetQueueClient(_account.Names.PoisonTasks));

    public void Dispose() => _results.Dispose();
}
