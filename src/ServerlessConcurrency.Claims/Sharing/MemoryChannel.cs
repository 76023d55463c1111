using ServerlessConcurrency.Claims.Interprocess;

namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>
/// Messages in a memory-mapped file, announced by a byte over pipes, as .NET has no semaphore that works across processes everywhere.
/// They are read where they lie, without a copy. There is room for some, which are filled one after another and then over again.
/// </summary>
/// <param name="path">The file; is created by who comes first.</param>
/// <param name="capacity">The longest message, in bytes.</param>
internal sealed unsafe class MemoryChannel(string path, int capacity, (Stream Incoming, Stream Outgoing) signals) : MessageChannel(signals)
{
    // What has just been read may be in a cache, and with few rooms so is what is written next.
    private const int MostRooms = 8;

    private readonly SharedMemory _memory = new(path, capacity);
    private long _sent;
    private long _received;

    public override int Window(int bytes) => Math.Clamp(_memory.Bytes / bytes, 1, MostRooms);

    public override void Send(ReadOnlySpan<byte> message)
    {
        message.CopyTo(Room(_sent++, message.Length));
        Answer(true);
    }

    public override ReadOnlySpan<byte> Receive(int bytes)
    {
        _ = ReceiveAnswer();
        return Room(_received++, bytes);
    }

    protected override void Dispose(bool disposing)
    {
        _memory.Dispose();
        base.Dispose(disposing);
    }

    private Span<byte> Room(long number, int bytes) => new(_memory.Start + (number % Window(bytes) * bytes), bytes);
}
