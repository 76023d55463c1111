using System.Runtime.CompilerServices;
using ServerlessConcurrency.Claims.Memory;

namespace ServerlessConcurrency.Claims.Locks;

/// <summary>A counter in a memory-mapped file, and beside it the number of processes that are ready to increment it.</summary>
internal sealed unsafe class SharedMemoryCounter : IDisposable
{
    // A cache line of its own, lest those who wait disturb those who count.
    private const int ReadyOffset = 256;

    private readonly SharedMemory _memory;

    /// <summary>Opens the counter, or makes it.</summary>
    /// <param name="path">The file.</param>
    public SharedMemoryCounter(string path) => _memory = new SharedMemory(path);

    /// <summary>The counter.</summary>
    public ref long Value => ref Unsafe.AsRef<long>(_memory.Start);

    private ref int Ready => ref Unsafe.AsRef<int>(_memory.Start + ReadyOffset);

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
    public void Dispose() => _memory.Dispose();
}
