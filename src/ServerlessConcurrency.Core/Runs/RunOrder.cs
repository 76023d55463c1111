using System.Text.Json.Serialization;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Runs;

/// <summary>
/// What a run is, or a share of one: as it travels to whoever executes tasks of it, over a pipe, in a queue's message and as the
/// input of an activity. It goes with every task, so that what is zero or no is left out.
/// </summary>
public sealed record RunOrder
{
    public required string ExperimentId { get; init; }

    /// <summary>Unique within the experiment.</summary>
    public required string RunId { get; init; }

    public required string Model { get; init; }

    public required string Workload { get; init; }

    /// <summary>The size of every task, in the workload's unit.</summary>
    public required long Size { get; init; }

    /// <summary>The file with the items of the tasks, absolute; null where the spec names none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Items { get; init; }

    /// <summary>What the tasks spend their time on; null: what the workload says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WorkloadNature? Nature { get; init; }

    /// <summary>How many tasks are executed: their indices here are 0 to <see cref="Tasks"/> - 1.</summary>
    public required int Tasks { get; init; }

    /// <summary>The index of the first task within the whole run; more than 0 where this is a share of a run that several hosts execute.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int FirstTask { get; init; }

    /// <summary>How many threads, processes or hosts work at once; 1 or more.</summary>
    public required int Degree { get; init; }

    /// <summary>How many tasks may be under way at once, 1 or more; null: all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? InFlight { get; init; }

    public required long Seed { get; init; }

    /// <summary>How long one task may take where it can be ended; <see cref="Timeout.InfiniteTimeSpan"/>: for ever.</summary>
    public required TimeSpan TaskTimeout { get; init; }

    /// <summary>When the run began, in ticks of the clock of whoever sends this; 0 before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long BeganTicks { get; init; }

    /// <summary>Whether the run only warms up: nothing of it is kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsWarmup { get; init; }

    /// <summary>Whether the run begins with the start of fresh processes, which is measured and in which nothing warms up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ColdStart { get; init; }

    /// <summary>The trace that it is part of; null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunTrace? Trace { get; init; }

    /// <summary>The input of a task by its index here.</summary>
    public TaskInput Input(int index) => new(Size, FirstTask + index, Seed) { Items = Items };

    /// <summary>Some of its tasks; an order for these.</summary>
    public RunOrder Share(int firstTask, int tasks) => this with { FirstTask = FirstTask + firstTask, Tasks = tasks };
}
