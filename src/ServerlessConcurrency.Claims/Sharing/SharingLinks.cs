using System.IO.Pipes;
using System.Net.Sockets;

namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>How the second process reaches the first.</summary>
/// <param name="SocketPath">Where the first listens; null where the system has no such sockets.</param>
internal sealed record SharingLinks(
    string PipeIn, string PipeOut, string SignalIn, string SignalOut, string? SocketPath, string MemoryPath, int MemoryBytes)
{
    /// <summary>Opens the ends of the second process.</summary>
    public Dictionary<string, IMessageChannel> Open()
    {
        var channels = new Dictionary<string, IMessageChannel>
        {
            [SharingMechanism.Pipe] = OpenPipes(PipeIn, PipeOut),
            [SharingMechanism.Memory] = new MemoryChannel(MemoryPath, MemoryBytes, OpenPipes(SignalIn, SignalOut)),
        };
        if (SocketPath is not null)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(SocketPath));
            var stream = new NetworkStream(socket, ownsSocket: true);
            channels.Add(SharingMechanism.Socket, new StreamChannel(stream, stream));
        }

        return channels;
    }

    private static StreamChannel OpenPipes(string incoming, string outgoing) => new(
        new AnonymousPipeClientStream(PipeDirection.In, incoming), new AnonymousPipeClientStream(PipeDirection.Out, outgoing));
}
