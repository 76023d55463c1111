using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Workers.Processes;

/// <summary>How long a process may take to warm up for a run: one that takes longer hangs, and is ended.</summary>
internal static class WarmUpLimit
{
    // Beside the time of a task: for what is compiled meanwhile.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The limit; infinite where a task may take as long as it likes.</summary>
    public static TimeSpan Of(RunOrder run) => run.TaskTimeout == Timeout.InfiniteTimeSpan ? run.TaskTimeout : run.TaskTimeout + Patience;
}
