using System.Text.Json.Serialization;

namespace ServerlessConcurrency.Core.Workloads;

/// <summary>What one task computes from: equal inputs give equal checksums under every concurrency model.</summary>
/// <param name="Size">How big the task is, in the workload's own unit; 1 or more.</param>
/// <param name="Index">The task's position in its run, from 0.</param>
/// <param name="Seed">The experiment's seed.</param>
// JSON readers otherwise prefer a structure's constructor without parameters, and take a task without a seed for a task.
[method: JsonConstructor]
public readonly record struct TaskInput(long Size, int Index, long Seed)
{
    /// <summary>The file with the items of the tasks, absolute; null where the spec names none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Items { get; init; }
}
