namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>Messages as bytes of a pipe or a socket.</summary>
internal sealed class StreamChannel(Stream incoming, Stream outgoing) : IMessageChannel
{
    // Never reached by messages that fill the buffers of the system. Answers would, and then both processes would wait for each other.
    private const int MostUnderWay = 64;

    private readonly byte[] _answer = new byte[1];
    private byte[] _buffer = [];

    public int Window(int bytes) => MostUnderWay;

    public void Send(ReadOnlySpan<byte> message) => outgoing.Write(message);

    public ReadOnlySpan<byte> Receive(int bytes)
    {
        if (_buffer.Length < bytes)
            _buffer = new byte[bytes];
        incoming.ReadExactly(_buffer, 0, bytes);
        return _buffer.AsSpan(0, bytes);
    }

    public void Answer(bool intact)
    {
        _answer[0] = intact ? (byte)1 : (byte)0;
        outgoing.Write(_answer);
    }

    public bool ReceiveAnswer()
    {
        incoming.ReadExactly(_answer);
        return _answer[0] == 1;
    }

    public void Dispose()
    {
        incoming.Dispose();
        outgoing.Dispose();
    }
}
