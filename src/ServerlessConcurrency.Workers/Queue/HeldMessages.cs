using System.Collections.Concurrent;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Queueing;

namespace ServerlessConcurrency.Workers.Queue;

/// <summary>The messages in this worker's hands, from their receipt until they are settled, kept invisible to other workers.</summary>
internal sealed class HeldMessages(ITaskQueue queue, TimeSpan visibilityTimeout, TimeProvider clock)
{
    private const int RequestsAtOnce = 8;

    private readonly ConcurrentDictionary<string, HeldMessage> _held = new();

    /// <summary>Takes a message into the worker's hands.</summary>
    /// <param name="requestedTicks">When it was asked for: its visibility timeout began before the answer arrived.</param>
    public HeldMessage Hold(ReceivedTask received, QueuedTask task, long requestedTicks)
    {
        var message = new HeldMessage(received, task, requestedTicks);
        return _held.AddOrUpdate(message.Id, message, (_, earlier) =>
        {
            // It was delivered to the same worker again: the earlier delivery's receipt is void.
            earlier.IsLost = true;
            return message;
        });
    }

    /// <summary>Lets a message go: deleted, because its task needs nothing more.</summary>
    public Task CompleteAsync(HeldMessage message, CancellationToken cancellationToken) =>
        LetGoAsync(message, received => queue.CompleteAsync(received, cancellationToken), cancellationToken);

    /// <summary>Lets a message go: visible to every worker again after a delay.</summary>
    public Task GiveBackAsync(HeldMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        LetGoAsync(message, received => queue.RenewAsync(received, delay, cancellationToken), cancellationToken);

    /// <summary>Lets a message go: to the poison queue.</summary>
    public Task PoisonAsync(HeldMessage message, CancellationToken cancellationToken) =>
        LetGoAsync(message, received => queue.PoisonAsync(received, cancellationToken), cancellationToken);

    /// <summary>Does something to every message that is left.</summary>
    public Task ForEachAsync(Func<HeldMessage, CancellationToken, Task> action, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            _held.Values,
            new ParallelOptions { MaxDegreeOfParallelism = RequestsAtOnce, CancellationToken = cancellationToken },
            async (message, cancelled) => await action(message, cancelled));

    /// <summary>
    /// Renews each message before a third of its visibility timeout has gone by, so that a try can fail or take long before it is
    /// lost. Those of short tasks are settled before.
    /// </summary>
    /// <exception cref="OperationCanceledException">The run has ended.</exception>
    public async Task KeepInvisibleAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(visibilityTimeout / 6, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
            await ForEachAsync(RenewIfDueAsync, cancellationToken);
    }

    private async Task RenewIfDueAsync(HeldMessage message, CancellationToken cancellationToken)
    {
        // At the next tick it would be later than a third.
        if (clock.GetElapsedTime(message.HeldSince) < visibilityTimeout / 6)
            return;
        try
        {
            await message.RenewAsync(queue, visibilityTimeout, clock.GetTimestamp(), cancellationToken);
        }
        catch (StorageUnavailableException exception)
        {
            await Console.Error.WriteLineAsync($"a message could not be renewed: {exception.Message}");
        }

        if (message.IsLost)
            Forget(message);
    }

    private async Task LetGoAsync(HeldMessage message, Func<ReceivedTask, Task> settle, CancellationToken cancellationToken)
    {
        await message.SettleAsync(settle, cancellationToken);
        Forget(message);
    }

    private void Forget(HeldMessage message) => _held.TryRemove(KeyValuePair.Create(message.Id, message));
}
