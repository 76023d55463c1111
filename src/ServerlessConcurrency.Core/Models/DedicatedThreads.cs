using System.Runtime.ExceptionServices;

namespace ServerlessConcurrency.Core.Models;

/// <summary>Runs the same work on several threads of their own, not on the pool, and waits for all of them.</summary>
internal static class DedicatedThreads
{
    /// <summary>Starts the threads; the calling thread blocks until the last has ended.</summary>
    /// <param name="count">How many.</param>
    /// <param name="name">The threads' name, for debuggers.</param>
    /// <param name="work">What each of them does.</param>
    /// <exception cref="OperationCanceledException">A thread was cancelled.</exception>
    public static void Run(int count, string name, Action work)
    {
        ExceptionDispatchInfo? failure = null;
        var threads = new Thread[count];
        for (int index = 0; index < count; index++)
        {
            threads[index] = new Thread(() =>
            {
                try
                {
                    work();
                }
                catch (Exception exception)
                {
                    // An exception that left a thread would end the whole process.
                    Volatile.Write(ref failure, ExceptionDispatchInfo.Capture(exception));
                }
            })
            {
                Name = name,
                IsBackground = true,
            };
            threads[index].Start();
        }

        foreach (Thread thread in threads)
            thread.Join();
        Volatile.Read(ref failure)?.Throw();
    }
}
