using System.Text.Json;
using Azure.Storage.Queues;
using ServerlessConcurrency.Claims.Children;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>The second process of the storage queues: compares every message with the one that it expects, and answers it.</summary>
internal sealed class QueuePartnerScene : IChildScene
{
    public const string SceneName = "queue-partner";

    public string Name => SceneName;

    public async Task PlayAsync(WorkerSession session, JsonElement arguments)
    {
        Links links = arguments.Deserialize<Links>(JsonSerializerOptions.Web)!;
        QueueServiceClient queues = StorageAccount.Parse(links.Connection).Queues;
        var incoming = new QueueMailbox(queues.GetQueueClient(links.Incoming));
        var outgoing = new QueueMailbox(queues.GetQueueClient(links.Outgoing));
        while (session.Reader.Read(out Frame frame))
        {
            SharingPartnerScene.Block block = frame.ReadJson<SharingPartnerScene.Block>();
            byte[]? message = await incoming.TakeAsync(QueueMailbox.Patience, CancellationToken.None);
            bool intact = message is not null
                && message.AsSpan().SequenceEqual(new MessageContent(block.Bytes, block.Seed).Number(block.First));
            await outgoing.PutAsync([intact ? (byte)1 : (byte)0], CancellationToken.None);
        }
    }

    /// <summary>How the second process reaches the first.</summary>
    internal sealed record Links(string Connection, string Incoming, string Outgoing);
}
