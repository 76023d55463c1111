using System.Diagnostics;

namespace ServerlessConcurrency.Core.Runs;

/// <summary>One row per task attempt, as it is stored and exported; times in ms since the run began.</summary>
/// <param name="TaskIndex">The task's position in its run, from 0.</param>
/// <param name="Attempt">1 for the first attempt.</param>
/// <param name="HostId">The id of the process that executed it: machine and process id.</param>
/// <param name="ProcessId">The operating system's id of that process.</param>
/// <param name="ThreadId">The managed thread id within the process; 0 where not known.</param>
/// <param name="QueuedMs">When the task was handed to the model.</param>
/// <param name="StartedMs">When its execution began.</param>
/// <param name="FinishedMs">When its execution ended.</param>
/// <param name="Checksum">The checksum; 0 unless it succeeded.</param>
public record struct TaskTiming(
    int TaskIndex,
    int Attempt,
    string HostId,
    int ProcessId,
    int ThreadId,
    double QueuedMs,
    double StartedMs,
    double FinishedMs,
    ulong Checksum,
    TaskOutcome Outcome)
{
    /// <param name="runBeganTicks">When the run began, on the attempt's clock.</param>
    public static TaskTiming Of(in TaskAttempt attempt, long runBeganTicks) => new(
        attempt.TaskIndex,
        attempt.Attempt,
        attempt.Host.Id,
        attempt.Host.ProcessId,
        attempt.ThreadId,
        Stopwatch.GetElapsedTime(runBeganTicks, attempt.QueuedTicks).TotalMilliseconds,
        Stopwatch.GetElapsedTime(runBeganTicks, attempt.StartedTicks).TotalMilliseconds,
        Stopwatch.GetElapsedTime(runBeganTicks, attempt.FinishedTicks).TotalMilliseconds,
        attempt.Checksum,
        attempt.Outcome);

    /// <summary>The attempt of a row: what <see cref="Of"/> was given, but for its error.</summary>
    /// <param name="error">What went wrong, where that is known beside the row.</param>
    public readonly TaskAttempt ToAttempt(long runBeganTicks, string? error = null)
    {
        string suffix = $"-{ProcessId}";
        string machine = HostId.EndsWith(suffix, StringComparison.Ordinal) ? HostId[..^suffix.Length] : HostId;
        return new TaskAttempt(
            TaskIndex,
            Attempt,
            new HostIdentity(machine, ProcessId),
            ThreadId,
            Ticks(runBeganTicks, QueuedMs),
            Ticks(runBeganTicks, StartedMs),
            Ticks(runBeganTicks, FinishedMs),
            Checksum,
            Outcome,
            error);
    }

    private static long Ticks(long began, double milliseconds) =>
        began + (long)Math.Round(milliseconds / 1000 * Stopwatch.Frequency);
}
