using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Workers.Queue;

/// <summary>
/// What happens to one task of a queue, whoever received its message: the queue workers of the local engine or the queue trigger
/// of the Functions app. Safe under at-least-once delivery: an attempt that is repeated replaces its own row, and a task that has
/// succeeded is not executed again.
/// </summary>
public sealed class QueueTaskHandler
{
    private readonly WorkloadCatalog _workloads;
    private readonly ITaskResults _results;
    private readonly TimeProvider _clock;

    /// <summary>Creates a handler.</summary>
    /// <param name="workloads">The workloads it can execute.</param>
    /// <param name="results">Where attempts are looked up and written.</param>
    /// <param name="clock">Takes the times of an attempt; the system's where null.</param>
    public QueueTaskHandler(WorkloadCatalog workloads, ITaskResults results, TimeProvider? clock = null)
    {
        _workloads = workloads;
        _results = results;
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>
    /// Handles a delivery from beginning to end: looks whether it is still needed, executes it within
    /// <see cref="QueuedTask.TimeoutSeconds"/>, writes its attempt.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="deliveryCount">1 for the first delivery.</param>
    /// <param name="cancellationToken">Cancels it; nothing is written then.</param>
    /// <returns>The attempt, or null where the task had succeeded before. Of a failed one the message should be delivered again.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="StorageUnavailableException">The results could not be reached.</exception>
    public async Task<TaskAttempt?> HandleAsync(
        QueuedTask task, long deliveryCount, CancellationToken cancellationToken = default)
    {
        if (await HasSucceededAsync(task, deliveryCount, cancellationToken))
            return null;
        TaskAttempt attempt = ExecuteInTime(task, deliveryCount, cancellationToken);
        await _results.WriteAsync(task.ExperimentId, task.RunId, task.RunBeganTicks, [attempt], cancellationToken);
        return attempt;
    }

    /// <summary>Looks whether an earlier delivery of a task has stored a success; asks only where there was one.</summary>
    /// <param name="task">The task.</param>
    /// <param name="deliveryCount">1 for the first delivery.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether there is nothing left to do but to delete the message.</returns>
    /// <exception cref="StorageUnavailableException">The results could not be reached.</exception>
    public async Task<bool> HasSucceededAsync(
        QueuedTask task, long deliveryCount, CancellationToken cancellationToken = default)
    {
        if (deliveryCount <= 1)
            return false;
        int index = task.Input.Index;
        return await _results
            .ReadAsync(task.ExperimentId, task.RunId, task.RunBeganTicks, index, index, cancellationToken)
            .AnyAsync(attempt => attempt.Outcome is TaskOutcome.Succeeded or TaskOutcome.Duplicate, cancellationToken);
    }

    /// <summary>Executes a task in its blocking form on the calling thread.</summary>
    /// <param name="task">The task.</param>
    /// <param name="deliveryCount">1 for the first delivery; becomes the number of the attempt.</param>
    /// <param name="execution">The model's side of the execution.</param>
    /// <returns>The attempt: succeeded, or failed where the workload threw or is not known here.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public TaskAttempt Execute(QueuedTask task, long deliveryCount, Execution execution)
    {
        long startedTicks = _clock.GetTimestamp();
        try
        {
            ulong checksum = _workloads.Get(task.Workload).Execute(task.Input, execution);
            return Ended(task, deliveryCount, startedTicks, TaskOutcome.Succeeded) with { Checksum = checksum };
        }
#pragma warning disable CA1031 // Whatever a workload throws is the result of its task; it must not end the worker.
        catch (Exception exception) when (!execution.CancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            string error = $"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}";
            return Ended(task, deliveryCount, startedTicks, TaskOutcome.Failed) with { Error = error };
        }
    }

    private TaskAttempt ExecuteInTime(QueuedTask task, long deliveryCount, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (task.TimeoutSeconds is { } seconds)
            timeout.CancelAfter(TimeSpan.FromSeconds(seconds));
        long startedTicks = _clock.GetTimestamp();
        try
        {
            return Execute(task, deliveryCount, new Execution(timeout.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Ended(
                task, deliveryCount, startedTicks, TaskOutcome.TimedOut, $"took longer than the {task.TimeoutSeconds:0.###} s of taskTimeoutSeconds");
        }
    }

    /// <summary>The attempt at a task that ends now without a result.</summary>
    /// <param name="task">The task.</param>
    /// <param name="deliveryCount">1 for the first delivery.</param>
    /// <param name="startedTicks">When it began.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="error">What went wrong, in one line.</param>
    /// <returns>The attempt.</returns>
    internal TaskAttempt Ended(
        QueuedTask task, long deliveryCount, long startedTicks, TaskOutcome outcome, string? error = null) => new(
            task.Input.Index,
            checked((int)deliveryCount),
            HostIdentity.Current,
            Environment.CurrentManagedThreadId,
            task.QueuedTicks,
            startedTicks,
            _clock.GetTimestamp(),
            Checksum: 0,
            outcome,
            error);
}
