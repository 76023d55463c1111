using System.IO.Pipes;
using System.Net.Sockets;
using ServerlessConcurrency.Claims.Children;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>The second process, and this one's ends of all mechanisms that connect the two.</summary>
internal sealed class SharingPartner : IDisposable
{
    // sun_path has 104 bytes on macOS and 108 on Linux, with a zero at the end.
    private const int LongestSocketPath = 103;

    private readonly WorkerProcess _process;

    private SharingPartner(WorkerProcess process, Dictionary<string, IMessageChannel> channels) =>
        (_process, Channels) = (process, channels);

    /// <summary>This process's ends, by mechanism.</summary>
    public IReadOnlyDictionary<string, IMessageChannel> Channels { get; }

    /// <summary>Starts the second process and connects to it.</summary>
    public static async Task<SharingPartner> StartAsync(SharingOrder order, WorkloadEnvironment workloads)
    {
        string memory = Path.Combine(order.Folder, $"memory-{Guid.NewGuid():N}");
        (AnonymousPipeServerStream[] pipes, StreamChannel pipe) = CreatePipes();
        (AnonymousPipeServerStream[] signals, StreamChannel signal) = CreatePipes();
        var channels = new Dictionary<string, IMessageChannel>
        {
            [SharingMechanism.Pipe] = pipe,
            [SharingMechanism.Memory] = new MemoryChannel(memory, order.Sizes.Max(), signal),
        };
        using Socket? listener = Listen(order.Folder);
        var links = new SharingLinks(
            pipes[1].GetClientHandleAsString(),
            pipes[0].GetClientHandleAsString(),
            signals[1].GetClientHandleAsString(),
            signals[0].GetClientHandleAsString(),
            listener?.LocalEndPoint?.ToString(),
            memory,
            order.Sizes.Max());
        WorkerProcess process = await ClaimChild.StartAsync(
            order.Launch, workloads, SharingPartnerScene.SceneName, links, CancellationToken.None);
        foreach (AnonymousPipeServerStream server in pipes.Concat(signals))
            server.DisposeLocalCopyOfClientHandle();
        if (listener is not null)
        {
            var stream = new NetworkStream(await listener.AcceptAsync(), ownsSocket: true);
            channels.Add(SharingMechanism.Socket, new StreamChannel(stream, stream));
        }

        return new SharingPartner(process, channels);
    }

    /// <summary>Tells the second process what to expect; it answers each message by the mechanism itself.</summary>
    public void Announce(SharingPartnerScene.Block block) => ClaimChild.Send(_process.Writer, block);

    public void Dispose()
    {
        _process.Dispose();
        foreach (IMessageChannel channel in Channels.Values)
            channel.Dispose();
    }

    private static (AnonymousPipeServerStream[] Servers, StreamChannel Channel) CreatePipes()
    {
        var incoming = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
        var outgoing = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
        return ([incoming, outgoing], new StreamChannel(incoming, outgoing));
    }

    private static Socket? Listen(string folder)
    {
        if (!Socket.OSSupportsUnixDomainSockets)
            return null;
        string path = Path.Combine(folder, Path.GetRandomFileName());
        if (path.Length > LongestSocketPath)
            path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        return listener;
    }
}
