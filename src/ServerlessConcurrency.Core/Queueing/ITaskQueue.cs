namespace ServerlessConcurrency.Core.Queueing;

/// <summary>A queue with at-least-once delivery.</summary>
public interface ITaskQueue
{
    /// <summary>Creates the queue, unless it exists.</summary>
    Task CreateAsync(CancellationToken cancellationToken = default);

    /// <summary>Sends tasks, each as a message of its own.</summary>
    /// <param name="tasks">The tasks; enumerated while they are sent, so that each can carry the time at which it was.</param>
    Task SendAsync(IEnumerable<QueuedTask> tasks, CancellationToken cancellationToken = default);

    /// <summary>Takes messages; returns at once, with none where the queue is empty.</summary>
    /// <param name="maxMessages">How many at most, 1 to 32.</param>
    /// <param name="visibilityTimeout">How long they stay invisible to others.</param>
    Task<IReadOnlyList<ReceivedTask>> ReceiveAsync(
        int maxMessages, TimeSpan visibilityTimeout, CancellationToken cancellationToken = default);

    /// <summary>Keeps a message invisible for longer.</summary>
    /// <param name="visibilityTimeout">How long, from now; zero gives it back at once.</param>
    /// <returns>The message with its new pop receipt, or null where another receiver holds it by now.</returns>
    Task<ReceivedTask?> RenewAsync(
        ReceivedTask message, TimeSpan visibilityTimeout, CancellationToken cancellationToken = default);

    /// <summary>Deletes a message whose result is stored.</summary>
    /// <returns>Whether this receiver still held it.</returns>
    Task<bool> CompleteAsync(ReceivedTask message, CancellationToken cancellationToken = default);

    /// <summary>Moves a message that cannot be processed to the poison queue.</summary>
    Task PoisonAsync(ReceivedTask message, CancellationToken cancellationToken = default);

    /// <summary>Deletes the queue with all its messages; not the poison queue.</summary>
    Task DeleteAsync(CancellationToken cancellationToken = default);
}
