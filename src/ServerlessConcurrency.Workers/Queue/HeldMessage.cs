using ServerlessConcurrency.Core.Queueing;

namespace ServerlessConcurrency.Workers.Queue;

/// <summary>
/// A message in this worker's hands. Renewing it changes its pop receipt, so that whatever is done to it has to wait for a
/// renewal that is under way.
/// </summary>
#pragma warning disable CA1001 // A SemaphoreSlim whose wait handle nobody asks for has nothing to dispose of.
internal sealed class HeldMessage(ReceivedTask received, QueuedTask task, long heldSince)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _turn = new(1);
    private ReceivedTask _received = received;
    private bool _isSettled;

    public string Id { get; } = received.MessageId;

    public QueuedTask Task { get; } = task;

    /// <summary>1 for the first delivery.</summary>
    public long DeliveryCount { get; } = received.DeliveryCount;

    /// <summary>When the request was sent that received or last renewed it.</summary>
    public long HeldSince { get; private set; } = heldSince;

    /// <summary>Whether its visibility timeout ran out and it was delivered again: it is not ours to execute or delete any more.</summary>
    public bool IsLost { get; set; }

    /// <summary>Keeps it invisible to others, unless it was settled meanwhile.</summary>
    public Task RenewAsync(ITaskQueue queue, TimeSpan visibilityTimeout, long now, CancellationToken cancellationToken) =>
        InTurnAsync(async received =>
        {
            ReceivedTask? renewed = await queue.RenewAsync(received, visibilityTimeout, cancellationToken);
            _received = renewed ?? received;
            IsLost = renewed is null;
            HeldSince = now;
        }, cancellationToken);

    /// <summary>Does the last thing to it: deletes it, gives it back or moves it away. Nothing where it was lost.</summary>
    public Task SettleAsync(Func<ReceivedTask, Task> settle, CancellationToken cancellationToken) =>
        InTurnAsync(async received =>
        {
            await settle(received);
            _isSettled = true;
        }, cancellationToken);

    private async Task InTurnAsync(Func<ReceivedTask, Task> action, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!_isSettled && !IsLost)
                await action(_received);
        }
        finally
        {
            _turn.Release();
        }
    }
}
