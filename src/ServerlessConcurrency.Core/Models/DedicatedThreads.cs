using System.Runtime.ExceptionServices;

namespace ServerlessConcurrency.Core.Models;

/// <summary>Runs the same work on several threads of their own, not on the pool, and waits for all of them.</summary>
internal static class DedicatedThreads
{
    /// <summary>Starts the threads; the calling thread blocks until the last has ended.</summary>
    /// <param name="name">The threads' name, for debuggers.</param>
    /// <exception cref="OperationCanceledException">A thread was cancelled.</exception>
    public static void Run(int count, string name, Action work)
    {
        ExceptionDispatchInfo? failure = null;
        var started = new List<Thread>(count);
        try
        {
            while (started.Count < count)
            {
                var thread = new Thread(Guarded) { Name = name, IsBackground = true };
                thread.Start();
                started.Add(thread);
            }
        }
        finally
        {
            // Also where the system allows no further thread: none may be left working when the run has ended.
            foreach (Thread thread in started)
                thread.Join();
        }

        failure?.Throw();

        void Guarded()
        {
            try
            {
                work();
            }
            catch (Exception exception)
            {
                // An exception that left a thread would end the whole process.
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
            }
        }
    }
}
