using System.Diagnostics;
using MathNet.Numerics.Statistics;

namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>Sends messages to the second process, one at a time and in streams.</summary>
internal sealed class MessageSender(SharingOrder order, SharingPartner partner)
{
    private readonly List<MessageContent> _single = [.. order.Sizes.Select(bytes => new MessageContent(bytes, order.Seed))];
    private readonly List<MessageContent> _streamed = [.. SharingOrder.StreamSizes.Select(bytes => new MessageContent(bytes, order.Seed))];
    private long _number;

    /// <summary>Sends messages of every size by every mechanism in turn.</summary>
    public IEnumerable<SharingBlock> PlayRound() =>
    [
        .. from content in _single
           from channel in partner.Channels
           select SendOneByOne(channel.Key, channel.Value, content),
        .. from content in _streamed
           from channel in partner.Channels
           select SendStream(channel.Key, channel.Value, content),
    ];

    private SharingBlock SendOneByOne(string mechanism, IMessageChannel channel, MessageContent content)
    {
        int messages = SharingOrder.MessagesOf(content.Length);
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

    private SharingBlock SendStream(string mechanism, IMessageChannel channel, MessageContent content)
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
        partner.Announce(new SharingPartnerScene.Block(mechanism, content.Length, order.Seed, _number, messages));

    private void SendNext(IMessageChannel channel, MessageContent content)
    {
        Span<byte> message = content.Number(_number++);
        if (order.Corrupts)
            message[^1] ^= 1;
        channel.Send(message);
        if (order.Corrupts)
            message[^1] ^= 1;
    }

    private static int CountAnswer(IMessageChannel channel) => channel.ReceiveAnswer() ? 1 : 0;
}
