using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Workers.Processes;

/// <summary>Starts child processes persistently: one that dies or hangs in its start may have been unlucky.</summary>
public static class WorkerStart
{
    private const int MostAttempts = 3;

    // Its input and both outputs; while it starts, also their other ends and those of the system's own pipes. The rest is for what else is opened meanwhile.
    private const int FilesOfChild = 3;
    private const int FilesOfStart = 8;
    private const int OtherFiles = 40;

    /// <summary>Finds out whether so many more can be started, before one is: where the system gives no file any more, the runtime ends the program.</summary>
    /// <param name="atOnce">How many starts overlap.</param>
    /// <exception cref="WorkerStartException">They need more files than this program may open.</exception>
    public static void ThrowIfTooMany(int children, int atOnce)
    {
        int needed = (children * FilesOfChild) + (Math.Min(children, atOnce) * FilesOfStart) + OtherFiles;
        if (children > 0 && needed > SystemLimits.OpenFilesLeft)
        {
            throw new WorkerStartException(FormattableString.Invariant(
                $"cannot start {children} child processes: they need {needed} open files, and this program may open {SystemLimits.OpenFilesLeft} more; lower the degree, or raise the limit (ulimit -n)"));
        }
    }

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
