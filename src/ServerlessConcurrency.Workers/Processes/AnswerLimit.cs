using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Workers.Processes;

/// <summary>How long a process may take for what it is told: one that takes longer hangs, and is ended.</summary>
internal static class AnswerLimit
{
    /// <summary>To put down its work at the end of a run, and say what it has used.</summary>
    public static readonly TimeSpan End = TimeSpan.FromSeconds(10);

    // Beside the time of a task: for what is compiled meanwhile.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>To warm up for a run; infinite where a task may take as long as it likes.</summary>
    public static TimeSpan WarmUp(RunOrder run) => run.TaskTimeout == Timeout.InfiniteTimeSpan ? run.TaskTimeout : run.TaskTimeout + Patience;
}
