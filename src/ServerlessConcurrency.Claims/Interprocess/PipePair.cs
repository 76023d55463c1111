using System.IO.Pipes;

namespace ServerlessConcurrency.Claims.Interprocess;

/// <summary>Two anonymous pipes, one in each direction, to a child process or to another thread of this one.</summary>
internal sealed class PipePair(HandleInheritability inheritability) : IDisposable
{
    private readonly AnonymousPipeServerStream _incoming = new(PipeDirection.In, inheritability);
    private readonly AnonymousPipeServerStream _outgoing = new(PipeDirection.Out, inheritability);

    public Stream Incoming => _incoming;

    public Stream Outgoing => _outgoing;

    /// <summary>What the child opens its ends by. It must be started before <see cref="CloseInherited"/>.</summary>
    public Handles Inherited() => new(_outgoing.GetClientHandleAsString(), _incoming.GetClientHandleAsString());

    public void CloseInherited()
    {
        _incoming.DisposeLocalCopyOfClientHandle();
        _outgoing.DisposeLocalCopyOfClientHandle();
    }

    /// <summary>The other ends, for a thread of this process.</summary>
    public (Stream Incoming, Stream Outgoing) OpenHere() => (
        new AnonymousPipeClientStream(PipeDirection.In, _outgoing.ClientSafePipeHandle),
        new AnonymousPipeClientStream(PipeDirection.Out, _incoming.ClientSafePipeHandle));

    public void Dispose()
    {
        _incoming.Dispose();
        _outgoing.Dispose();
    }

    internal sealed record Handles(string Incoming, string Outgoing)
    {
        public (Stream Incoming, Stream Outgoing) Open() => (
            new AnonymousPipeClientStream(PipeDirection.In, Incoming), new AnonymousPipeClientStream(PipeDirection.Out, Outgoing));
    }
}
