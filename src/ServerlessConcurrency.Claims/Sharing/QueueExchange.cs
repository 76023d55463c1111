using System.Diagnostics;
using Azure.Storage.Queues;
using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Workers.Hosting;

namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>Sends messages to another process by a queue of the storage account, and gets the answers by another.</summary>
/// <param name="corrupts">Whether a bit of each message changes on its way: only for tests.</param>
internal sealed class QueueExchange(ClaimContext context, StorageAccount account, bool corrupts)
{
    /// <summary>Measures, and removes the queues.</summary>
    /// <param name="sizes">The sizes of messages, in bytes.</param>
    /// <param name="rounds">How many messages of each size.</param>
    /// <returns>A block for each message.</returns>
    public async Task<IReadOnlyList<SharingBlock>> MeasureAsync(
        IReadOnlyList<int> sizes, int rounds, CancellationToken cancellationToken)
    {
        string name = $"{account.Names.Prefix}claim-{Guid.NewGuid():N}";
        QueueClient there = account.Queues.GetQueueClient($"{name}-there");
        QueueClient back = account.Queues.GetQueueClient($"{name}-back");
        try
        {
            await Task.WhenAll(there.CreateAsync(cancellationToken: cancellationToken), back.CreateAsync(cancellationToken: cancellationToken));
            using ClaimChild partner = await new Partner().StartAsync(
                context, new Links(account.Connection, there.Name, back.Name), cancellationToken);
            List<SharingBlock> blocks = [];
            long number = 0;
            // The first round is there to compile and to connect.
            for (int round = -1; round < rounds; round++)
            {
                foreach (int bytes in sizes)
                {
                    partner.Send(new SharingPartner.Expected(SharingBlock.Queue, bytes, context.Seed, number, Messages: 1));
                    SharingBlock block = await SendAsync(new QueueMailbox(there), new QueueMailbox(back), bytes, number++, cancellationToken);
                    if (round >= 0)
                        blocks.Add(block);
                }
            }

            return blocks;
        }
        finally
        {
            await Task.WhenAll(
                there.DeleteIfExistsAsync(CancellationToken.None), back.DeleteIfExistsAsync(CancellationToken.None));
        }
    }

    private async Task<SharingBlock> SendAsync(
        QueueMailbox there, QueueMailbox back, int bytes, long number, CancellationToken cancellationToken)
    {
        byte[] message = new MessageContent(bytes, context.Seed).Number(number).ToArray();
        if (corrupts)
            message[^1] ^= 1;
        long began = Stopwatch.GetTimestamp();
        await there.PutAsync(message, cancellationToken);
        byte[]? answer = await back.TakeAsync(2 * QueueMailbox.Patience, cancellationToken);
        double microseconds = Stopwatch.GetElapsedTime(began).TotalMicroseconds;
        return new SharingBlock(SharingBlock.Queue, bytes, Streamed: false, Sent: 1, answer is [1] ? 1 : 0, microseconds);
    }

    /// <summary>How the other process reaches this one: the account, and the names of the queues from and to here.</summary>
    internal sealed record Links(string Connection, string Incoming, string Outgoing);

    /// <summary>The other process: compares every message with the one that it expects, and answers it.</summary>
    internal sealed class Partner : ChildScene<Links>
    {
        protected override async Task PlayAsync(Links links, WorkerSession session, Messages parent)
        {
            QueueServiceClient queues = StorageAccount.Parse(links.Connection).Queues;
            var incoming = new QueueMailbox(queues.GetQueueClient(links.Incoming));
            var outgoing = new QueueMailbox(queues.GetQueueClient(links.Outgoing));
            foreach (SharingPartner.Expected expected in parent.ReceiveAll<SharingPartner.Expected>())
            {
                byte[]? message = await incoming.TakeAsync(QueueMailbox.Patience, CancellationToken.None);
                bool intact = message is not null
                    && message.AsSpan().SequenceEqual(new MessageContent(expected.Bytes, expected.Seed).Number(expected.First));
                await outgoing.PutAsync([intact ? (byte)1 : (byte)0], CancellationToken.None);
            }
        }
    }
}
