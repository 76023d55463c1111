using System.IO.Pipes;
using System.Net.Sockets;

namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>How the second process reaches the first.</summary>
/// <param name="PipeIn">The handle of the pipe from the first.</param>
/// <param name="PipeOut">The handle of the pipe to the first.</param>
/// <param name="SignalIn">The handle of the pipe that announces messages of the first in memory.</param>
/// <param name="SignalOut">The handle of the pipe that answers these.</param>
/// <param name="SocketPath">Where the first listens; null where the system has no such sockets.</param>
/// <param name="MemoryPath">The file of the shared memory.</param>
/// <param name="MemoryBytes">Its length.</param>
internal sealed record SharingLinks(
    string PipeIn, string PipeOut, string SignalIn, string SignalOut, string? SocketPath, string MemoryPath, int MemoryBytes)
{
    /// <summary>Opens the ends of the second process.</summary>
    /// <returns>They, by mechanism.</returns>
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
