using System.Text.Json.Serialization;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Durable.FanOut;

/// <summary>What an activity says of its share of a run.</summary>
/// <param name="Machine">The machine or instance that executed it.</param>
/// <param name="Attempts">The attempts at its tasks; empty where <paramref name="File"/> has them.</param>
/// <param name="File">The file of the experiment that holds the attempts; null where there are few.</param>
/// <param name="FirstError">What the first task that failed failed of; null if none did.</param>
public sealed record BatchResult(
    string Machine, int ProcessId, IReadOnlyList<TaskAttempt> Attempts, string? File, string? FirstError, ResourceUsage Usage)
{
    /// <summary>How many activities of the run its process has executed by now, this one included; 0 where it does not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Executions { get; init; }
}
