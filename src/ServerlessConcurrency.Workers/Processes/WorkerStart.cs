using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Workers.Processes;

/// <summary>Starts child processes persistently: one that dies or hangs in its start may have been unlucky.</summary>
public static class WorkerStart
{
    private const int MostAttempts = 3;

    /// <summary>Starts one, in three attempts at most.</summary>
    /// <exception cref="WorkerStartException">No attempt succeeded: why the last did not.</exception>
    public static async Task<T> PersistentlyAsync<T>(Func<Task<T>> start)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await start();
            }
            catch (WorkerStartException) when (attempt < MostAttempts)
            {
                // Once more.
            }
            catch (Exception exception) when ((exception as TaskSchedulerException)?.InnerException is OutOfMemoryException || exception is OutOfMemoryException)
            {
                // A thread that serves it is refused for the same reasons.
                throw new WorkerStartException($"cannot start a child process: the system gives no more; {SystemLimits.Describe()}", exception);
            }
        }
    }
}
