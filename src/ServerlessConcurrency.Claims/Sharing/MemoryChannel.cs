using ServerlessConcurrency.Claims.Memory;

namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>
/// Messages in a memory-mapped file, announced by a byte over pipes, as .NET has no semaphore that works across processes everywhere.
/// They are read where they lie, without a copy.
/// </summary>
internal sealed unsafe class MemoryChannel : IMessageChannel
{
    private readonly SharedMemory _memory;
    private readonly IMessageChannel _signals;

    /// <summary>Opens one end.</summary>
    /// <param name="path">The file; is created by who comes first.</param>
    /// <param name="capacity">The longest message, in bytes.</param>
    /// <param name="signals">Pipes to the other process.</param>
    public MemoryChannel(string path, int capacity, IMessageChannel signals) =>
        (_memory, _signals) = (new SharedMemory(path, capacity), signals);

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> message)
    {
        message.CopyTo(new Span<byte>(_memory.Start, _memory.Bytes));
        _signals.Answer(true);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Receive(int bytes)
    {
        _ = _signals.ReceiveAnswer();
        return new ReadOnlySpan<byte>(_memory.Start, bytes);
    }

    /// <inheritdoc/>
    public void Answer(bool intact) => _signals.Answer(intact);

    /// <inheritdoc/>
    public bool ReceiveAnswer() => _signals.ReceiveAnswer();

    /// <inheritdoc/>
    public void Dispose()
    {
        _memory.Dispose();
        _signals.Dispose();
    }
}
