using System.Text.Json;
using ServerlessConcurrency.Claims.Children;
using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>The second process: compares every message that it gets with the one that it expects, and answers it.</summary>
internal sealed class SharingPartnerScene : IChildScene
{
    public const string SceneName = "sharing-partner";

    public string Name => SceneName;

    public Task PlayAsync(WorkerSession session, JsonElement arguments)
    {
        Dictionary<string, IMessageChannel> channels = arguments.Deserialize<SharingLinks>(JsonSerializerOptions.Web)!.Open();
        Dictionary<int, MessageContent> contents = [];
        while (session.Reader.Read(out Frame frame))
        {
            Block block = frame.ReadJson<Block>();
            if (!contents.TryGetValue(block.Bytes, out MessageContent? content))
                contents.Add(block.Bytes, content = new MessageContent(block.Bytes, block.Seed));
            IMessageChannel channel = channels[block.Mechanism];
            for (int index = 0; index < block.Messages; index++)
            {
                Span<byte> expected = content.Number(block.First + index);
                channel.Answer(channel.Receive(block.Bytes).SequenceEqual(expected));
            }
        }

        foreach (IMessageChannel channel in channels.Values)
            channel.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>What to expect.</summary>
    internal sealed record Block(string Mechanism, int Bytes, long Seed, long First, int Messages);
}
