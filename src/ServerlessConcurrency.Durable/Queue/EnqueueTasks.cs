using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Durable.Journal;
using ServerlessConcurrency.Durable.Runs;

namespace ServerlessConcurrency.Durable.Queue;

/// <summary>
/// The activity that sends a run's tasks to queue <c>tasks</c>. Executed again, it sends them again: a task that is delivered
/// twice is one row.
/// </summary>
public sealed class EnqueueTasks(ITaskQueue queue, ITaskResults results, RunJournal journal)
{
    /// <returns>When the run began, and when all messages were accepted.</returns>
    public async Task<QueueRun> RunAsync(RunRequest request, CancellationToken cancellationToken)
    {
        (ExperimentDocument document, PlannedRun run) = request;
        UtcClock clock = UtcClock.Instance;
        long began = await journal.BeginOnceAsync(document.Id, run.RunId, clock.GetTimestamp(), cancellationToken);
        // Messages of one that was cancelled or deleted are dropped anyway.
        if (!await journal.IsWantedAsync(document.Id, cancellationToken))
            return new QueueRun(began, clock.GetTimestamp());
        await queue.CreateAsync(cancellationToken);
        await results.CreateAsync(document.Id, cancellationToken);
        RunOrder order = request.Order() with { BeganTicks = began };
        // Enumerated while they are sent, so that each knows when that was.
        IEnumerable<QueuedTask> tasks = Enumerable.Range(0, order.Tasks).Select(index => new QueuedTask(order, index, clock.GetTimestamp()));
        await queue.SendAsync(tasks, cancellationToken);
        return new QueueRun(began, clock.GetTimestamp());
    }
}
