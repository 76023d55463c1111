using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Storage.Accounts;

namespace ServerlessConcurrency.Storage.Queues;

/// <summary>
/// Tasks in an Azure Storage queue, one message each (Azure Storage has no request that sends several). What cannot be processed
/// goes to a poison queue, which keeps it until somebody deletes it. Neither queue need exist yet.
/// </summary>
/// <param name="queue">The queue; its client must not encode messages (<see cref="QueueMessageEncoding.None"/>).</param>
public sealed class StorageTaskQueue(QueueClient queue, QueueClient poison, QueuedTaskEncoding encoding = QueuedTaskEncoding.None) : ITaskQueue
{
    // Against Azurite more than 4 at once gain nothing, against Azure 16 hide the round trip of about 10 ms.
    private const int RequestsAtOnce = 16;
    private static readonly TimeSpan NoExpiry = TimeSpan.FromSeconds(-1);

    public async Task CreateAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await poison.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException exception) when (BeingDeleted.IsReason(exception))
        {
            throw BeingDeleted.Translate(exception);
        }
    }

    public Task SendAsync(IEnumerable<QueuedTask> tasks, CancellationToken cancellationToken = default) =>
        Parallel.ForEachAsync(
            tasks,
            new ParallelOptions { MaxDegreeOfParallelism = RequestsAtOnce, CancellationToken = cancellationToken },
            async (task, cancelled) => await queue.SendMessageAsync(QueuedTaskMessage.Write(task, encoding), cancelled));

    public async Task<IReadOnlyList<ReceivedTask>> ReceiveAsync(
        int maxMessages, TimeSpan visibilityTimeout, CancellationToken cancellationToken = default)
    {
        QueueMessage[] messages = await queue.ReceiveMessagesAsync(maxMessages, WholeSeconds(visibilityTimeout), cancellationToken);
        return Array.ConvertAll(messages, message => new ReceivedTask(
            QueuedTaskMessage.Read(message.MessageText, encoding),
            message.MessageText,
            message.MessageId,
            message.PopReceipt,
            message.DequeueCount));
    }

    public async Task<ReceivedTask?> RenewAsync(
        ReceivedTask message, TimeSpan visibilityTimeout, CancellationToken cancellationToken = default)
    {
        try
        {
            UpdateReceipt receipt = await queue.UpdateMessageAsync(
                message.MessageId, message.PopReceipt, message.Body, WholeSeconds(visibilityTimeout), cancellationToken);
            return message with { PopReceipt = receipt.PopReceipt };
        }
        catch (RequestFailedException exception) when (IsHeldByAnother(exception))
        {
            return null;
        }
    }

    public async Task<bool> CompleteAsync(ReceivedTask message, CancellationToken cancellationToken = default)
    {
        try
        {
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (IsHeldByAnother(exception))
        {
            return false;
        }
    }

    public async Task PoisonAsync(ReceivedTask message, CancellationToken cancellationToken = default)
    {
        await poison.SendMessageAsync(message.Body, timeToLive: NoExpiry, cancellationToken: cancellationToken);
        await CompleteAsync(message, cancellationToken);
    }

    public Task DeleteAsync(CancellationToken cancellationToken = default) => queue.DeleteIfExistsAsync(cancellationToken);

    // The service counts visibility in whole seconds and the client drops fractions: half a second would be none.
    private static TimeSpan WholeSeconds(TimeSpan visibilityTimeout) =>
        TimeSpan.FromSeconds(Math.Ceiling(visibilityTimeout.TotalSeconds));

    private static bool IsHeldByAnother(RequestFailedException exception) =>
        exception.ErrorCode == QueueErrorCode.MessageNotFound
        || exception.ErrorCode == QueueErrorCode.PopReceiptMismatch
        || exception.ErrorCode == QueueErrorCode.QueueNotFound
        || exception.ErrorCode == QueueErrorCode.QueueBeingDeleted;
}
