using System.Text.Json;
using ServerlessConcurrency.Claims.Children;
using ServerlessConcurrency.Workers.Hosting;

namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>
/// The first process: sends messages of every size by every mechanism in turn, and then <see cref="SharingBlocks"/> to its parent. A
/// process of its own, because whoever starts another while handles of pipes can be inherited gives it these, too.
/// </summary>
internal sealed class SharingScene : IChildScene
{
    public const string SceneName = "sharing";

    public string Name => SceneName;

    public async Task PlayAsync(WorkerSession session, JsonElement arguments)
    {
        SharingOrder order = arguments.Deserialize<SharingOrder>(JsonSerializerOptions.Web)!;
        using SharingPartner partner = await SharingPartner.StartAsync(order, session.Environment);
        var sender = new MessageSender(order, partner);
        List<SharingBlock> blocks = [];
        // The first round is there to compile, and to touch memory for the first time.
        for (int round = -1; round < order.Rounds; round++)
        {
            List<SharingBlock> played = [.. sender.PlayRound()];
            if (round >= 0)
                blocks.AddRange(played);
        }

        ClaimChild.Send(session.Writer, new SharingBlocks(blocks));
    }
}
