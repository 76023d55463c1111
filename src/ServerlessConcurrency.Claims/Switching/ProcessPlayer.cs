using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.Interprocess;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Hosting;

namespace ServerlessConcurrency.Claims.Switching;

/// <summary>A second player that is a process of its own.</summary>
internal sealed class ProcessPlayer : SecondPlayer
{
    private readonly PipePair _pipes;
    private readonly SharedToken? _memory;
    private readonly ClaimChild _process;

    private ProcessPlayer(PipePair pipes, SharedToken? memory, ClaimChild process)
    {
        (_pipes, _memory, _process) = (pipes, memory, process);
        Pipe = TokenLink.OverPipes((pipes.Incoming, pipes.Outgoing));
        Memory = memory?.End(player: 0);
    }

    public override TokenLink Pipe { get; }

    public override TokenLink? Memory { get; }

    public static async Task<ProcessPlayer> StartAsync(SwitchingScene.Order order, WorkloadEnvironment workloads)
    {
        var pipes = new PipePair(HandleInheritability.Inheritable);
        SharedToken? memory = SharedToken.CreateIn(order.Folder);
        ClaimChild process = await new Scene().StartAsync(
            order.Launch, workloads, new Links(pipes.Inherited(), memory?.Path), CancellationToken.None);
        pipes.CloseInherited();
        return new ProcessPlayer(pipes, memory, process);
    }

    public override void Dispose()
    {
        _process.Dispose();
        _pipes.Dispose();
        _memory?.Dispose();
    }

    protected override void Begin(TokenLink link, int roundTrips, bool pinned)
    {
        _process.Send(new Block(link == Memory, roundTrips, pinned));
        _ = _process.Receive<bool>();
    }

    protected override SwitchCount End() => _process.Receive<SwitchCount>();

    /// <param name="Memory">The file of the token in shared memory; null where the system has none.</param>
    internal sealed record Links(PipePair.Handles Pipes, string? Memory);

    /// <summary>The process: gets blocks to play and says when it is ready, hands the token back, and says what it counted.</summary>
    internal sealed class Scene : ChildScene<Links>
    {
        protected override Task PlayAsync(Links links, WorkerSession session, Messages parent)
        {
            (Stream Incoming, Stream Outgoing) pipes = links.Pipes.Open();
            using Stream incoming = pipes.Incoming, outgoing = pipes.Outgoing;
            using SharedToken? memory = links.Memory is null ? null : new SharedToken(links.Memory);
            TokenLink pipe = TokenLink.OverPipes(pipes);
            TokenLink? shared = memory?.End(player: 1);
            foreach (Block block in parent.ReceiveAll<Block>())
            {
                parent.Send(true);
                parent.Send(PingPong.Return(block.Memory ? shared! : pipe, block.RoundTrips, block.Pinned));
            }

            return Task.CompletedTask;
        }
    }

    /// <param name="Memory">Whether over shared memory, else over the pipes.</param>
    private sealed record Block(bool Memory, int RoundTrips, bool Pinned);
}
