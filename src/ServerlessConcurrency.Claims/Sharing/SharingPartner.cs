using System.Net.Sockets;
using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.Interprocess;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Hosting;

namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>The second process, and this one's ends of all mechanisms that connect the two.</summary>
internal sealed class SharingPartner : IDisposable
{
    // sun_path has 104 bytes on macOS and 108 on Linux, with a zero at the end.
    private const int LongestSocketPath = 103;

    private readonly ClaimChild _process;

    private SharingPartner(ClaimChild process, Dictionary<string, MessageChannel> channels) =>
        (_process, Channels) = (process, channels);

    /// <summary>This process's ends, by mechanism.</summary>
    public IReadOnlyDictionary<string, MessageChannel> Channels { get; }

    public static async Task<SharingPartner> StartAsync(SharingScene.Order order, WorkloadEnvironment workloads)
    {
        string memory = Path.Combine(order.Folder, $"memory-{Guid.NewGuid():N}");
        int capacity = order.Sizes.Max();
        var pipes = new PipePair(HandleInheritability.Inheritable);
        var signals = new PipePair(HandleInheritability.Inheritable);
        var channels = new Dictionary<string, MessageChannel>
        {
            [SharingBlock.Pipe] = new(pipes.Incoming, pipes.Outgoing),
            [SharingBlock.Memory] = new MemoryChannel(memory, capacity, (signals.Incoming, signals.Outgoing)),
        };
        using Socket? listener = Listen(order.Folder);
        var links = new Links(pipes.Inherited(), signals.Inherited(), listener?.LocalEndPoint?.ToString(), memory, capacity);
        ClaimChild process = await new Scene().StartAsync(order.Launch, workloads, links, CancellationToken.None);
        pipes.CloseInherited();
        signals.CloseInherited();
        if (listener is not null)
            channels.Add(SharingBlock.Socket, Over(await listener.AcceptAsync()));
        return new SharingPartner(process, channels);
    }

    /// <summary>Tells the second process what to expect; it answers each message by the mechanism itself.</summary>
    public void Announce(Expected messages) => _process.Send(messages);

    public void Dispose()
    {
        _process.Dispose();
        foreach (MessageChannel channel in Channels.Values)
            channel.Dispose();
    }

    private static Socket? Listen(string folder)
    {
        if (!Socket.OSSupportsUnixDomainSockets)
            return null;
        string path = Path.Combine(folder, Path.GetRandomFileName());
        if (path.Length > LongestSocketPath)
            path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Socket listener = CreateSocket();
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        return listener;
    }

    private static Socket CreateSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private static MessageChannel Over(Socket socket)
    {
        var stream = new NetworkStream(socket, ownsSocket: true);
        return new MessageChannel(stream, stream);
    }

    /// <summary>How the second process reaches the first.</summary>
    /// <param name="SocketPath">Where the first listens; null where the system has no such sockets.</param>
    internal sealed record Links(
        PipePair.Handles Pipes, PipePair.Handles Signals, string? SocketPath, string MemoryPath, int MemoryBytes)
    {
        public Dictionary<string, MessageChannel> Open()
        {
            var channels = new Dictionary<string, MessageChannel>
            {
                [SharingBlock.Pipe] = new(Pipes.Open()),
                [SharingBlock.Memory] = new MemoryChannel(MemoryPath, MemoryBytes, Signals.Open()),
            };
            if (SocketPath is not null)
            {
                Socket socket = CreateSocket();
                socket.Connect(new UnixDomainSocketEndPoint(SocketPath));
                channels.Add(SharingBlock.Socket, Over(socket));
            }

            return channels;
        }
    }

    /// <summary>The messages that come next.</summary>
    /// <param name="First">The number of the first.</param>
    internal sealed record Expected(string Mechanism, int Bytes, long Seed, long First, int Messages);

    /// <summary>The second process: compares every message that it gets with the one that it expects, and answers it.</summary>
    internal sealed class Scene : ChildScene<Links>
    {
        protected override Task PlayAsync(Links links, WorkerSession session, Messages parent)
        {
            Dictionary<string, MessageChannel> channels = links.Open();
            Dictionary<int, MessageContent> contents = [];
            foreach (Expected messages in parent.ReceiveAll<Expected>())
            {
                if (!contents.TryGetValue(messages.Bytes, out MessageContent? content))
                    contents.Add(messages.Bytes, content = new MessageContent(messages.Bytes, messages.Seed));
                MessageChannel channel = channels[messages.Mechanism];
                for (int index = 0; index < messages.Messages; index++)
                {
                    Span<byte> expected = content.Number(messages.First + index);
                    channel.Answer(channel.Receive(messages.Bytes).SequenceEqual(expected));
                }
            }

            foreach (MessageChannel channel in channels.Values)
                channel.Dispose();
            return Task.CompletedTask;
        }
    }
}
