namespace ServerlessConcurrency.Core.Experiments;

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
/// <param name="Outcome">How it ended.</param>
public readonly record struct TaskTiming(
    int TaskIndex,
    int Attempt,
    string HostId,
    int ProcessId,
    int ThreadId,
    double QueuedMs,
    double StartedMs,
    double FinishedMs,
    ulong Checksum,
    TaskOutcome Outcome);
