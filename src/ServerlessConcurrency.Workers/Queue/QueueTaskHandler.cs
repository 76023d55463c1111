using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Wording;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Workers.Queue;

/// <summary>
/// What happens to one task of a queue, whoever received its message: the queue workers of the local engine or the queue trigger
/// of the Functions app. Safe under at-least-once delivery: an attempt that is repeated replaces its own row, and a task that has
/// succeeded is not executed again.
/// </summary>
public sealed class QueueTaskHandler(WorkloadCatalog workloads, ITaskResults results, TimeProvider clock)
{
    /// <summary>
    /// Handles a delivery from beginning to end: looks whether it is still needed, executes it within the run's task timeout, writes
    /// its attempt.
    /// </summary>
    /// <param name="deliveryCount">1 for the first delivery; becomes the number of the attempt.</param>
    /// <param name="cancellationToken">Cancels it; nothing is written then.</param>
    /// <returns>The attempt, or null where the task had succeeded before. Of a failed one the message should be delivered again.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="StorageUnavailableException">The results could not be reached.</exception>
    public async Task<TaskAttempt?> HandleAsync(
        QueuedTask task, long deliveryCount, CancellationToken cancellationToken = default)
    {
        if (await HasSucceededAsync(task, deliveryCount, cancellationToken))
            return null;
        TaskAttempt attempt = Of(task).ExecuteInTime(task.Index, Attempt(deliveryCount), task.QueuedTicks, cancellationToken);
        await results.WriteAsync(task.Run.ExperimentId, task.Run.RunId, task.Run.BeganTicks, [attempt], cancellationToken);
        return attempt;
    }

    /// <summary>Ends a task whose message has come once more than it may, unless an earlier delivery has ended it; executes nothing.</summary>
    /// <param name="mostDeliveries">How often it may come.</param>
    /// <returns>The attempt that is the task's last; null where it had succeeded. Of a failed one the message should be put aside.</returns>
    /// <exception cref="StorageUnavailableException">The results could not be reached.</exception>
    public async Task<TaskAttempt?> GiveUpAsync(
        QueuedTask task, long deliveryCount, int mostDeliveries, CancellationToken cancellationToken = default)
    {
        RunOrder run = task.Run;
        List<TaskAttempt> stored = await results
            .ReadAsync(run.ExperimentId, run.RunId, run.BeganTicks, task.Index, task.Index, cancellationToken).ToListAsync(cancellationToken);
        if (stored.Exists(IsSuccess))
            return null;
        if (stored.FindIndex(attempt => attempt.Attempt >= mostDeliveries) is >= 0 and int last)
            return stored[last];
        TaskAttempt ended = Undeliverable(task, deliveryCount);
        await results.WriteAsync(run.ExperimentId, run.RunId, run.BeganTicks, [ended], cancellationToken);
        return ended;
    }

    /// <summary>Looks whether an earlier delivery of a task has stored a success; asks only where there was one.</summary>
    /// <exception cref="StorageUnavailableException">The results could not be reached.</exception>
    internal async Task<bool> HasSucceededAsync(QueuedTask task, long deliveryCount, CancellationToken cancellationToken)
    {
        if (deliveryCount <= 1)
            return false;
        return await results
            .ReadAsync(task.Run.ExperimentId, task.Run.RunId, task.Run.BeganTicks, task.Index, task.Index, cancellationToken)
            .AnyAsync(IsSuccess, cancellationToken);
    }

    /// <summary>Executes a task in its blocking form on the calling thread.</summary>
    internal TaskAttempt Execute(QueuedTask task, long deliveryCount, Execution execution) =>
        Of(task).Execute(task.Index, execution, Attempt(deliveryCount), task.QueuedTicks);

    internal TaskAttempt TimedOut(QueuedTask task, long deliveryCount, long startedTicks) =>
        Of(task).TimedOut(task.Index, Attempt(deliveryCount), task.QueuedTicks, startedTicks);

    /// <summary>The attempt at a task whose message has come once more than it may.</summary>
    internal TaskAttempt Undeliverable(QueuedTask task, long deliveryCount) => Of(task).Ended(
        task.Index,
        Attempt(deliveryCount),
        task.QueuedTicks,
        clock.GetTimestamp(),
        TaskOutcome.Failed,
        $"the task was delivered {Counted.Of(deliveryCount - 1, "time")}, and each time its worker ended before it had a result");

    private static bool IsSuccess(TaskAttempt attempt) => attempt.Outcome is TaskOutcome.Succeeded or TaskOutcome.Duplicate;

    private static int Attempt(long deliveryCount) => checked((int)deliveryCount);

    private TaskExecution Of(QueuedTask task) => new(task.Run, () => WorkloadOf(task.Run), clock);

    // Specs are checked; what else is sent to the queue is not.
    private Workload WorkloadOf(RunOrder run)
    {
        Workload workload = workloads.Get(run.Workload);
        return run.Size <= workload.MaxSize
            ? workload
            : throw new ArgumentException(FormattableString.Invariant($"size {run.Size} is more than the {workload.MaxSize} that {workload.Kind} takes"));
    }
}
