namespace ServerlessConcurrency.Core.Queueing;

/// <summary>A queue with at-least-once delivery.</summary>
public interface ITaskQueue
{
    /// <summary>Creates the queue, unless it exists.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it exists.</returns>
    Task CreateAsync(CancellationToken cancellationToken = default);

    /// <summary>Sends tasks, each as a message of its own.</summary>
    /// <param name="tasks">The tasks; enumerated while they are sent, so that each can carry the time at which it was.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when all were accepted.</returns>
    Task SendAsync(IEnumerable<QueuedTask> tasks, CancellationToken cancellationToken = default);

    /// <summary>Takes messages; returns at once, with none where the queue is empty.</summary>
    /// <param name="maxMessages">How many at most, 1 to 32.</param>
    /// <param name="visibilityTimeout">How long they stay invisible to others.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The messages.</returns>
    Task<IReadOnlyList<ReceivedTask>> ReceiveAsync(
        int maxMessages, TimeSpan visibilityTimeout, CancellationToken cancellationToken = default);

    /// <summary>Keeps a message invisible for longer.</summary>
    /// <param name="message">The message.</param>
    /// <param name="visibilityTimeout">How long, from now; zero gives it back at once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The message with its new pop receipt, or null where another receiver holds it by now.</returns>
    Task<ReceivedTask?> RenewAsync(
        ReceivedTask message, TimeSpan visibilityTimeout, CancellationToken cancellationToken = default);

    /// <summary>Deletes a message whose result is stored.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether this receiver still held it.</returns>
    Task<bool> CompleteAsync(ReceivedTask message, CancellationToken cancellationToken = default);

    /// <summary>Moves a message that cannot be processed to the poison queue.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it was moved.</returns>
    Task PoisonAsync(ReceivedTask message, CancellationToken cancellationToken = default);

    /// <summary>Deletes the queue with all its messages; not the poison queue.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it is gone.</returns>
    Task DeleteAsync(CancellationToken cancellationToken = default);
}
