using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;

namespace ServerlessConcurrency.Claims.Locks;

/// <summary>A counter in a memory-mapped file, and beside it the number of processes that are ready to increment it.</summary>
internal sealed unsafe class SharedMemoryCounter : IDisposable
{
    private const int Bytes = 4096;
    // A cache line of its own, lest those who wait disturb those who count.
    private const int ReadyOffset = 256;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _memory;

    /// <summary>Opens the counter, or makes it.</summary>
    /// <param name="path">The file.</param>
    public SharedMemoryCounter(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(
            new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete),
            mapName: null,
            Bytes,
            MemoryMappedFileAccess.ReadWrite,
            HandleInheritability.None,
            leaveOpen: false);
        _view = _file.CreateViewAccessor(0, Bytes);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _memory);
    }

    /// <summary>The counter.</summary>
    public ref long Value => ref Unsafe.AsRef<long>(_memory);

    private ref int Ready => ref Unsafe.AsRef<int>(_memory + ReadyOffset);

    /// <summary>Begins at 0, with nobody ready.</summary>
    public void Reset()
    {
        Volatile.Write(ref Value, 0);
        Volatile.Write(ref Ready, 0);
    }

    /// <summary>Waits until as many processes are ready.</summary>
    /// <param name="workers">How many, this one included.</param>
    public void Meet(int workers)
    {
        Interlocked.Increment(ref Ready);
        while (Volatile.Read(ref Ready) < workers)
            Thread.Yield();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
