using System.IO.Pipes;
using ServerlessConcurrency.Claims.Children;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Claims.Switching;

/// <summary>A second player that is a process of its own.</summary>
internal sealed class ProcessPlayer : ISecondPlayer
{
    private readonly AnonymousPipeServerStream _incoming;
    private readonly AnonymousPipeServerStream _outgoing;
    private readonly SharedToken? _memory;
    private readonly WorkerProcess _process;

    private ProcessPlayer(
        AnonymousPipeServerStream incoming, AnonymousPipeServerStream outgoing, SharedToken? memory, WorkerProcess process)
    {
        (_incoming, _outgoing, _memory, _process) = (incoming, outgoing, memory, process);
        Pipe = new PipeToken(incoming, outgoing);
        Memory = memory?.End(player: 0);
    }

    public ITokenLink Pipe { get; }

    public ITokenLink? Memory { get; }

    /// <summary>Starts it.</summary>
    public static async Task<ProcessPlayer> StartAsync(SwitchingOrder order, WorkloadEnvironment workloads)
    {
        var incoming = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
        var outgoing = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
        string? path = SharedToken.IsSupported ? Path.Combine(order.Folder, $"token-{Guid.NewGuid():N}") : null;
        SharedToken? memory = path is null ? null : new SharedToken(path);
        WorkerProcess process = await ClaimChild.StartAsync(
            order.Launch,
            workloads,
            SwitchingPartnerScene.SceneName,
            new SwitchingPartnerScene.Links(outgoing.GetClientHandleAsString(), incoming.GetClientHandleAsString(), path),
            CancellationToken.None);
        incoming.DisposeLocalCopyOfClientHandle();
        outgoing.DisposeLocalCopyOfClientHandle();
        return new ProcessPlayer(incoming, outgoing, memory, process);
    }

    public void Begin(ITokenLink link, int roundTrips, bool pinned)
    {
        ClaimChild.Send(_process.Writer, new SwitchingPartnerScene.Block(link == Memory, roundTrips, pinned));
        _ = ClaimChild.Receive<bool>(_process);
    }

    public SwitchCount End() => ClaimChild.Receive<SwitchCount>(_process);

    public void Dispose()
    {
        _process.Dispose();
        _incoming.Dispose();
        _outgoing.Dispose();
        _memory?.Dispose();
    }
}
