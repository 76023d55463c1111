using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace ServerlessConcurrency.Claims.Locks;

/// <summary>
/// Increments a shared counter. Every way but <see cref="IncrementWay.Interlocked"/> has the same body: it reads, computes and writes, so
/// that they differ by their protection alone. Shared by threads; across processes each has one of its own.
/// </summary>
/// <param name="names">What processes find each other by; null where there is only one.</param>
internal sealed class Incrementer(Incrementer.LockNames? names) : IDisposable
{
    // Not a constant, by which the compiler would not divide.
    private readonly long _one = 1;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _semaphore = new(1, 1);
    private readonly Mutex? _mutex = names?.OpenMutex();

    public void Run(IncrementWay way, ref long counter, int count)
    {
        switch (way)
        {
            case IncrementWay.NoLock:
                for (int done = 0; done < count; done++)
                    Increment(ref counter);
                break;
            case IncrementWay.Interlocked:
                for (int done = 0; done < count; done++)
                    Interlocked.Increment(ref counter);
                break;
            case IncrementWay.Lock:
                UnderLock(ref counter, count);
                break;
            case IncrementWay.SemaphoreSlim:
                UnderSemaphore(ref counter, count);
                break;
            case IncrementWay.NamedMutex:
                UnderMutex(_mutex!, ref counter, count);
                break;
            default:
                UnderFileLock(names!.LockFile, ref counter, count);
                break;
        }
    }

    public void Dispose()
    {
        _semaphore.Dispose();
        _mutex?.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Increment(ref long counter) => Volatile.Write(ref counter, Successor(Volatile.Read(ref counter)));

    // Else the compiler could make one instruction of an increment, which only another processor can interfere with. A division takes longer
    // than reading and writing: when a time slice ends, the thread is most likely between the two.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private long Successor(long value) => (value / _one) + 1;

    private void UnderLock(ref long counter, int count)
    {
        for (int done = 0; done < count; done++)
        {
            lock (_lock)
                Increment(ref counter);
        }
    }

    private void UnderSemaphore(ref long counter, int count)
    {
        for (int done = 0; done < count; done++)
        {
            _semaphore.Wait();
            try
            {
                Increment(ref counter);
            }
            finally
            {
                _semaphore.Release();
            }
        }
    }

    private void UnderMutex(Mutex mutex, ref long counter, int count)
    {
        for (int done = 0; done < count; done++)
        {
            mutex.WaitOne();
            try
            {
                Increment(ref counter);
            }
            finally
            {
                mutex.ReleaseMutex();
            }
        }
    }

    private void UnderFileLock(string path, ref long counter, int count)
    {
        for (int done = 0; done < count; done++)
        {
            using SafeFileHandle held = OpenAlone(path);
            Increment(ref counter);
        }
    }

    // FileStream.Lock does not work on macOS; this does everywhere: flock(2) on Unix, the sharing mode on Windows.
    private static SafeFileHandle OpenAlone(string path)
    {
        while (true)
        {
            try
            {
                return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                Thread.Yield();
            }
        }
    }

    /// <summary>What processes find a lock by.</summary>
    internal sealed record LockNames(string Mutex, string LockFile)
    {
        /// <summary>Opens the mutex, or makes it. On Unix it is a file of the user in the temp folder, gone with its last handle.</summary>
        public Mutex OpenMutex() => new(initiallyOwned: false, Mutex, new NamedWaitHandleOptions { CurrentUserOnly = true, CurrentSessionOnly = true });
    }
}
