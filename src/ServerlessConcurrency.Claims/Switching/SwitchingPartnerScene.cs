using System.IO.Pipes;
using System.Text.Json;
using ServerlessConcurrency.Claims.Children;
using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Claims.Switching;

/// <summary>The second player as a process: gets orders and says when it is ready, hands the token back, and says what it counted.</summary>
internal sealed class SwitchingPartnerScene : IChildScene
{
    public const string SceneName = "switching-partner";

    public string Name => SceneName;

    public Task PlayAsync(WorkerSession session, JsonElement arguments)
    {
        Links links = arguments.Deserialize<Links>(JsonSerializerOptions.Web)!;
        using var incoming = new AnonymousPipeClientStream(PipeDirection.In, links.Incoming);
        using var outgoing = new AnonymousPipeClientStream(PipeDirection.Out, links.Outgoing);
        using SharedToken? memory = links.Memory is null ? null : new SharedToken(links.Memory);
        var pipe = new PipeToken(incoming, outgoing);
        ITokenLink? shared = memory?.End(player: 1);
        while (session.Reader.Read(out Frame frame))
        {
            Block block = frame.ReadJson<Block>();
            ClaimChild.Send(session.Writer, true);
            ClaimChild.Send(session.Writer, TokenPlayer.Return(block.Memory ? shared! : pipe, block.RoundTrips, block.Pinned));
        }

        return Task.CompletedTask;
    }

    /// <summary>The links to the first player.</summary>
    /// <param name="Memory">The file of the token in shared memory; null where the system has none.</param>
    internal sealed record Links(string Incoming, string Outgoing, string? Memory);

    /// <summary>An order to play.</summary>
    internal sealed record Block(bool Memory, int RoundTrips, bool Pinned);
}
