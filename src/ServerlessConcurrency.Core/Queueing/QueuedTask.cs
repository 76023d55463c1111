using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Queueing;

/// <summary>A task as a queue message carries it: all that any host needs to execute it and to store its result.</summary>
/// <param name="ExperimentId">The experiment.</param>
/// <param name="RunId">The run within the experiment.</param>
/// <param name="Workload">The workload's kind.</param>
/// <param name="Input">The task's input.</param>
/// <param name="RunBeganTicks">When the run began, in ticks of the sender's monotonic clock.</param>
/// <param name="QueuedTicks">When the task was sent, on the same clock.</param>
/// <param name="TimeoutSeconds">How long the task may take; null where whoever executes it knows otherwise.</param>
public sealed record QueuedTask(
    string ExperimentId,
    string RunId,
    string Workload,
    TaskInput Input,
    long RunBeganTicks,
    long QueuedTicks,
    double? TimeoutSeconds = null);
