using System.Diagnostics;
using System.Text.Json;
using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Claims.Children;
using ServerlessConcurrency.Workers.Hosting;

namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>
/// The first process: sends messages of every size by every mechanism in turn, and then <see cref="SharingBlocks"/> to its parent. A
/// process of its own, because whoever starts another while handles of pipes can be inherited gives it these, too.
/// </summary>
internal sealed class SharingScene : IChildScene
{
    /// <summary>The name of the scene.</summary>
    public const string SceneName = "sharing";

    /// <inheritdoc/>
    public string Name => SceneName;

    /// <inheritdoc/>
    public async Task PlayAsync(WorkerSession session, JsonElement arguments)
    {
        SharingOrder order = arguments.Deserialize<SharingOrder>(JsonSerializerOptions.Web)!;
        using SharingPartner partner = await SharingPartner.StartAsync(order, session.Environment);
        List<(int Bytes, MessageContent Content)> sizes =
            [.. order.Sizes.Select(bytes => (bytes, new MessageContent(bytes, order.Seed)))];
        List<SharingBlock> blocks = [];
        long number = 0;
        // The first round is there to compile, and to touch memory for the first time.
        for (int round = -1; round < order.Rounds; round++)
        {
            foreach ((int bytes, MessageContent content) in sizes)
            {
                foreach ((string mechanism, IMessageChannel channel) in partner.Channels)
                {
                    int messages = SharingOrder.MessagesOf(bytes);
                    partner.Announce(new SharingPartnerScene.Block(mechanism, bytes, order.Seed, number, messages));
                    SharingBlock block = SendBlock(order, mechanism, channel, content, number, messages);
                    number += messages;
                    if (round >= 0)
                        blocks.Add(block);
                }
            }
        }

        ClaimChild.Send(session.Writer, new SharingBlocks(blocks));
    }

    private static SharingBlock SendBlock(
        SharingOrder order, string mechanism, IMessageChannel channel, MessageContent content, long first, int messages)
    {
        double[] microseconds = new double[messages];
        int intact = 0;
        int bytes = 0;
        for (int index = 0; index < messages; index++)
        {
            Span<byte> message = content.Number(first + index);
            bytes = message.Length;
            if (order.Corrupts)
                message[^1] ^= 1;
            long began = Stopwatch.GetTimestamp();
            channel.Send(message);
            bool arrived = channel.ReceiveAnswer();
            microseconds[index] = Stopwatch.GetElapsedTime(began).TotalMicroseconds;
            if (order.Corrupts)
                message[^1] ^= 1;
            if (arrived)
                intact++;
        }

        return new SharingBlock(mechanism, bytes, messages, intact, ArrayStatistics.MedianInplace(microseconds));
    }
}
