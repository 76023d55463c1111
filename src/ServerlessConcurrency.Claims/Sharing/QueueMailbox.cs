using System.Diagnostics;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>A storage queue that holds one message at a time, in base64, as messages are text.</summary>
internal sealed class QueueMailbox(QueueClient queue)
{
    /// <summary>The longest message: 64 KiB of base64, which has 4 characters for 3 bytes.</summary>
    public const int LongestMessage = 64 * 1024 / 4 * 3;

    /// <summary>How long to wait for a message that may have been lost.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    public Task PutAsync(byte[] message, CancellationToken cancellationToken) =>
        queue.SendMessageAsync(Convert.ToBase64String(message), cancellationToken);

    /// <returns>The message; null if none came in time.</returns>
    public async Task<byte[]?> TakeAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        do
        {
            QueueMessage? message = await queue.ReceiveMessageAsync(cancellationToken: cancellationToken);
            if (message is not null)
            {
                await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
                return Convert.FromBase64String(message.MessageText);
            }

            await Task.Delay(Pause, cancellationToken);
        }
        while (Stopwatch.GetElapsedTime(began) < patience);
        return null;
    }
}
