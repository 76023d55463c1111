using System.IO.MemoryMappedFiles;

namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>
/// Messages in a memory-mapped file, announced by a byte over pipes, as .NET has no semaphore that works across processes everywhere.
/// They are read where they lie, without a copy.
/// </summary>
internal sealed unsafe class MemoryChannel : IMessageChannel
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly IMessageChannel _signals;
    private readonly byte* _memory;
    private readonly int _capacity;

    /// <summary>Opens one end.</summary>
    /// <param name="path">The file; is created by who comes first.</param>
    /// <param name="capacity">The longest message, in bytes.</param>
    /// <param name="signals">Pipes to the other process.</param>
    public MemoryChannel(string path, int capacity, IMessageChannel signals)
    {
        (_capacity, _signals) = (capacity, signals);
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        _file = MemoryMappedFile.CreateFromFile(
            stream, mapName: null, capacity, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, capacity);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _memory);
    }

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> message)
    {
        message.CopyTo(new Span<byte>(_memory, _capacity));
        _signals.Answer(true);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Receive(int bytes)
    {
        _ = _signals.ReceiveAnswer();
        return new ReadOnlySpan<byte>(_memory, bytes);
    }

    /// <inheritdoc/>
    public void Answer(bool intact) => _signals.Answer(intact);

    /// <inheritdoc/>
    public bool ReceiveAnswer() => _signals.ReceiveAnswer();

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
        _signals.Dispose();
    }
}
