using System.Runtime.CompilerServices;
using ServerlessConcurrency.Claims.Interprocess;

namespace ServerlessConcurrency.Claims.Locks;

/// <summary>
/// A counter in a memory-mapped file; beside it the number of processes that are ready to increment it, and the board on which they see
/// how far the others are.
/// </summary>
internal sealed unsafe class SharedMemoryCounter : IDisposable
{
    // A cache line of its own, lest those who wait disturb those who count.
    private const int ReadyOffset = 256;
    private const int BoardOffset = 512;

    private readonly SharedMemory _memory;

    public SharedMemoryCounter(string path) => _memory = new SharedMemory(path);

    public ref long Value => ref Unsafe.AsRef<long>(_memory.Start);

    /// <summary>The board of <see cref="CountingInTurns"/>, for as many processes as a page has room for.</summary>
    public Span<long> Board => new(_memory.Start + BoardOffset, (_memory.Bytes - BoardOffset) / sizeof(long));

    private ref int Ready => ref Unsafe.AsRef<int>(_memory.Start + ReadyOffset);

    /// <summary>Begins at 0, with nobody ready and an empty board.</summary>
    public void Reset()
    {
        Volatile.Write(ref Value, 0);
        Board.Clear();
        Volatile.Write(ref Ready, 0);
    }

    /// <summary>Waits until as many processes are ready.</summary>
    public void Meet(int workers)
    {
        Interlocked.Increment(ref Ready);
        while (Volatile.Read(ref Ready) < workers)
            Thread.Yield();
    }

    public void Dispose() => _memory.Dispose();
}
