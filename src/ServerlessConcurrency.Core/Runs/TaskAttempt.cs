namespace ServerlessConcurrency.Core.Runs;

/// <summary>
/// One attempt at a task as it was measured: raw ticks of the machine's monotonic clock
/// (<c>Stopwatch.GetTimestamp</c>), which all processes of a machine share.
/// </summary>
/// <param name="TaskIndex">The task's position in its run, from 0.</param>
/// <param name="Attempt">1 for the first attempt.</param>
/// <param name="Host">The process that executed it.</param>
/// <param name="ThreadId">The managed thread id within the host; 0 where not known.</param>
/// <param name="QueuedTicks">When the task was handed to the model.</param>
/// <param name="StartedTicks">When its execution began.</param>
/// <param name="FinishedTicks">When its execution ended.</param>
/// <param name="Checksum">The checksum; 0 unless it succeeded.</param>
/// <param name="Error">What went wrong, in one line; null if it succeeded.</param>
public readonly record struct TaskAttempt(
    int TaskIndex,
    int Attempt,
    HostIdentity Host,
    int ThreadId,
    long QueuedTicks,
    long StartedTicks,
    long FinishedTicks,
    ulong Checksum,
    TaskOutcome Outcome,
    string? Error = null)
{
    /// <summary>An attempt that never returned, from the moment when that was noticed.</summary>
    public static TaskAttempt Lost(int taskIndex, int attempt, HostIdentity host, long queuedTicks, long noticedTicks, string error) =>
        new(taskIndex, attempt, host, ThreadId: 0, queuedTicks, noticedTicks, noticedTicks, Checksum: 0, TaskOutcome.Lost, error);
}
