using Microsoft.Azure.Functions.Worker;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Functions.Runs;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Queues;

namespace ServerlessConcurrency.Functions.Queue;

/// <summary>
/// The activity that sends a run's tasks to queue <c>tasks</c>. Executed again, it sends them again: a task that is delivered
/// twice is one row.
/// </summary>
/// <param name="account">The storage account.</param>
/// <param name="journal">Remembers when the run began.</param>
public sealed class EnqueueTasks(StorageAccount account, RunJournal journal)
{
    /// <summary>Sends them.</summary>
    /// <param name="request">The run.</param>
    /// <param name="cancellationToken">Cancelled when the host stops: the activity then fails, and another host takes it.</param>
    /// <returns>When the run began, and when all messages were accepted.</returns>
    [Function(nameof(EnqueueTasks))]
    public async Task<QueueRun> RunAsync([ActivityTrigger] RunRequest request, CancellationToken cancellationToken)
    {
        (ExperimentDocument document, PlannedRun run) = request;
        UtcClock clock = UtcClock.Instance;
        long began = await journal.BeginOnceAsync(document.Id, run.RunId, clock.GetTimestamp(), cancellationToken);
        var queue = new StorageTaskQueue(
            account.Queues.GetQueueClient(account.Names.Tasks),
            account.Queues.GetQueueClient(account.Names.PoisonTasks),
            QueuedTaskEncoding.Base64);
        await queue.CreateAsync(cancellationToken);
        WorkloadSpec workload = run.Workload;
        IEnumerable<QueuedTask> tasks = Enumerable.Range(0, workload.Tasks).Select(index => new QueuedTask(
            document.Id,
            run.RunId,
            workload.Kind,
            new TaskInput(workload.Size, index, document.Spec.Seed),
            began,
            clock.GetTimestamp(),
            document.Spec.TaskTimeoutSeconds));
        await queue.SendAsync(tasks, cancellationToken);
        return new QueueRun(began, clock.GetTimestamp());
    }
}
