using System.Diagnostics;
using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>
/// The first process: sends messages of every size by every mechanism in turn, and then a list of <see cref="SharingBlock"/> to its
/// parent. A process of its own, because whoever starts another while handles of pipes can be inherited gives it these, too.
/// </summary>
internal sealed class SharingScene : ChildScene<SharingScene.Order>
{
    private const int LongestBlockBytes = 1024 * 1024;
    private const int MostMessages = 20;

    /// <summary>The sizes of the messages of streams, in bytes: one that fits into the buffer of a pipe on Linux, and one that does not.</summary>
    public static IReadOnlyList<int> StreamSizes { get; } = [64 * 1024, 1024 * 1024];

    /// <summary>How many messages of a size a block has: so many that the time of small ones is more than that of beginning.</summary>
    public static int MessagesOf(int bytes) => Math.Clamp(LongestBlockBytes / bytes, 1, MostMessages);

    protected override async Task PlayAsync(Order order, WorkerSession session, Messages parent)
    {
        using SharingPartner partner = await SharingPartner.StartAsync(order, session.Environment);
        var sender = new Sender(order, partner);
        List<SharingBlock> blocks = [];
        // The first round is there to compile, and to touch memory for the first time.
        for (int round = -1; round < order.Rounds; round++)
        {
            List<SharingBlock> played = [.. sender.PlayRound()];
            if (round >= 0)
                blocks.AddRange(played);
        }

        parent.Send(blocks);
    }

    /// <param name="Sizes">The sizes of messages that are sent one at a time, in bytes.</param>
    /// <param name="StreamBytes">How much a stream of messages has, in bytes.</param>
    /// <param name="Corrupts">Whether a bit of each message changes on its way: only for tests.</param>
    internal sealed record Order(
        WorkerLaunch Launch, string Folder, long Seed, IReadOnlyList<int> Sizes, int Rounds, int StreamBytes, bool Corrupts);

    private sealed class Sender(Order order, SharingPartner partner)
    {
        private readonly List<MessageContent> _single = [.. order.Sizes.Select(bytes => new MessageContent(bytes, order.Seed))];
        private readonly List<MessageContent> _streamed = [.. StreamSizes.Select(bytes => new MessageContent(bytes, order.Seed))];
        private long _number;

        public IEnumerable<SharingBlock> PlayRound() =>
        [
            .. from content in _single
               from channel in partner.Channels
               select SendOneByOne(channel.Key, channel.Value, content),
            .. from content in _streamed
               from channel in partner.Channels
               select SendStream(channel.Key, channel.Value, content),
        ];

        private SharingBlock SendOneByOne(string mechanism, MessageChannel channel, MessageContent content)
        {
            int messages = MessagesOf(content.Length);
            Announce(mechanism, content, messages);
            double[] microseconds = new double[messages];
            int intact = 0;
            for (int index = 0; index < messages; index++)
            {
                long began = Stopwatch.GetTimestamp();
                SendNext(channel, content);
                intact += CountAnswer(channel);
                microseconds[index] = Stopwatch.GetElapsedTime(began).TotalMicroseconds;
            }

            return new SharingBlock(
                mechanism, content.Length, Streamed: false, messages, intact, ArrayStatistics.MedianInplace(microseconds));
        }

        private SharingBlock SendStream(string mechanism, MessageChannel channel, MessageContent content)
        {
            int messages = order.StreamBytes / content.Length;
            Announce(mechanism, content, messages);
            int underWay = 0;
            int intact = 0;
            long began = Stopwatch.GetTimestamp();
            for (int index = 0; index < messages; index++)
            {
                if (underWay == channel.Window(content.Length))
                {
                    intact += CountAnswer(channel);
                    underWay--;
                }

                SendNext(channel, content);
                underWay++;
            }

            while (underWay-- > 0)
                intact += CountAnswer(channel);
            double microseconds = Stopwatch.GetElapsedTime(began).TotalMicroseconds / messages;
            return new SharingBlock(mechanism, content.Length, Streamed: true, messages, intact, microseconds);
        }

        private void Announce(string mechanism, MessageContent content, int messages) =>
            partner.Announce(new SharingPartner.Expected(mechanism, content.Length, order.Seed, _number, messages));

        private void SendNext(MessageChannel channel, MessageContent content)
        {
            Span<byte> message = content.Number(_number++);
            if (order.Corrupts)
                message[^1] ^= 1;
            channel.Send(message);
            if (order.Corrupts)
                message[^1] ^= 1;
        }

        private static int CountAnswer(MessageChannel channel) => channel.ReceiveAnswer() ? 1 : 0;
    }
}
