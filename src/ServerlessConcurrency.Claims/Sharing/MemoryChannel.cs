using ServerlessConcurrency.Claims.Memory;

namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>
/// Messages in a memory-mapped file, announced by a byte over pipes, as .NET has no semaphore that works across processes everywhere.
/// They are read where they lie, without a copy. There is room for some, which are filled one after another and then over again.
/// </summary>
internal sealed unsafe class MemoryChannel : IMessageChannel
{
    // What has just been read may be in a cache, and with few rooms so is what is written next.
    private const int MostRooms = 8;

    private readonly SharedMemory _memory;
    private readonly IMessageChannel _signals;
    private long _sent;
    private long _received;

    /// <summary>Opens one end.</summary>
    /// <param name="capacity">The longest message, in bytes.</param>
    public MemoryChannel(string path, int capacity, IMessageChannel signals) =>
        (_memory, _signals) = (new SharedMemory(path, capacity), signals);

    public int Window(int bytes) => Math.Clamp(_memory.Bytes / bytes, 1, MostRooms);

    public void Send(ReadOnlySpan<byte> message)
    {
        message.CopyTo(Room(_sent++, message.Length));
        _signals.Answer(true);
    }

    public ReadOnlySpan<byte> Receive(int bytes)
    {
        _ = _signals.ReceiveAnswer();
        return Room(_received++, bytes);
    }

    public void Answer(bool intact) => _signals.Answer(intact);

    public bool ReceiveAnswer() => _signals.ReceiveAnswer();

    public void Dispose()
    {
        _memory.Dispose();
        _signals.Dispose();
    }

    private Span<byte> Room(long number, int bytes) => new(_memory.Start + (number % Window(bytes) * bytes), bytes);
}
