using System.Text.Json.Serialization;

namespace ServerlessConcurrency.Core.Specs;

/// <summary>One workload of a spec.</summary>
/// <param name="Kind">The workload's name, e.g. <c>primes</c>.</param>
/// <param name="Size">How big one task is, in the workload's unit; 1 to 10^9 within the workload's own limit.</param>
/// <param name="Tasks">How many tasks a run has; 1 to 100,000.</param>
public sealed record WorkloadSpec(string Kind, long Size, int Tasks)
{
    /// <summary>The file with what each task works on, for own code: a JSON array or NDJSON; null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Items { get; init; }

    /// <summary>What its tasks spend their time on, where the workload does not say it itself; measured unless given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WorkloadNature? Nature { get; init; }

    /// <summary>What the results of its tasks tell; found by executing a task twice unless given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TaskResults? Results { get; init; }

    /// <summary>Whether models are compared by what their tasks computed.</summary>
    [JsonIgnore]
    public bool IsCompared => Results is null or TaskResults.Compared;
}
