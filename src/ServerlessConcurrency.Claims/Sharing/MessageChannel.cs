namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>One process's end of a mechanism by which two processes share data: here messages as bytes of a pipe or a socket.</summary>
internal class MessageChannel(Stream incoming, Stream outgoing) : IDisposable
{
    // Never reached by messages that fill the buffers of the system. Answers would, and then both processes would wait for each other.
    private const int MostUnderWay = 64;

    private readonly byte[] _answer = new byte[1];
    private byte[] _buffer = [];

    public MessageChannel((Stream Incoming, Stream Outgoing) pipes)
        : this(pipes.Incoming, pipes.Outgoing)
    {
    }

    /// <summary>How many messages of a length may be under way at once: further ones wait for the answers to earlier ones.</summary>
    public virtual int Window(int bytes) => MostUnderWay;

    /// <exception cref="IOException">The other process is gone.</exception>
    public virtual void Send(ReadOnlySpan<byte> message) => outgoing.Write(message);

    /// <summary>Waits for a message of a length.</summary>
    /// <returns>The message, valid until the next call.</returns>
    /// <exception cref="IOException">The other process is gone.</exception>
    public virtual ReadOnlySpan<byte> Receive(int bytes)
    {
        if (_buffer.Length < bytes)
            _buffer = new byte[bytes];
        incoming.ReadExactly(_buffer, 0, bytes);
        return _buffer.AsSpan(0, bytes);
    }

    /// <param name="intact">Whether it was the one expected.</param>
    public void Answer(bool intact)
    {
        _answer[0] = intact ? (byte)1 : (byte)0;
        outgoing.Write(_answer);
    }

    /// <returns>Whether it was the one expected.</returns>
    public bool ReceiveAnswer()
    {
        incoming.ReadExactly(_answer);
        return _answer[0] == 1;
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        incoming.Dispose();
        outgoing.Dispose();
    }
}
