using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Models;

/// <summary>Everything a concurrency model needs to carry out one run.</summary>
public sealed class RunContext
{
    /// <summary>The experiment's id.</summary>
    public required string ExperimentId { get; init; }

    /// <summary>The run's id, unique within the experiment.</summary>
    public required string RunId { get; init; }

    /// <summary>Whether the run only warms up: nothing of it is kept.</summary>
    public bool IsWarmup { get; init; }

    /// <summary>Whether the run has to begin with fresh processes, started by <c>ExecuteAsync</c>.</summary>
    public bool ColdStart { get; init; }

    /// <summary>The workload all tasks of the run execute.</summary>
    public required Workload Workload { get; init; }

    /// <summary>The size of every task, in the workload's unit.</summary>
    public required long Size { get; init; }

    /// <summary>How many tasks are executed: their indices here are 0 to <see cref="Tasks"/> - 1.</summary>
    public required int Tasks { get; init; }

    /// <summary>
    /// The index of the first task within the whole run; more than 0 where this is a share of a run that several hosts execute.
    /// </summary>
    public int FirstTask { get; init; }

    /// <summary>The experiment's seed.</summary>
    public required long Seed { get; init; }

    /// <summary>How many threads, processes or hosts work at once; 1 or more.</summary>
    public required int Degree { get; init; }

    /// <summary>How long one task may take in a child process before the process is killed.</summary>
    public required TimeSpan TaskTimeout { get; init; }

    /// <summary>Where the model records every task attempt.</summary>
    public required TaskRecorder Recorder { get; init; }

    /// <summary>What the model tells of the run beside its attempts.</summary>
    public RunFacts Facts { get; } = new();

    /// <summary>The clock of the run; its timestamps are comparable across the processes of a machine.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Cancels the run.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>The input of a task.</summary>
    /// <param name="index">The task's index here, from 0.</param>
    /// <returns>The input.</returns>
    public TaskInput Input(int index) => new(Size, FirstTask + index, Seed);
}
