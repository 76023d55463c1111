using System.Text.Json.Serialization;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Durable.FanOut;

/// <summary>What an activity says of one task: everything but what the orchestration knows itself.</summary>
/// <param name="Machine">The machine or instance that executed it.</param>
/// <param name="StartedTicks">When its execution began, by <see cref="Core.Measurement.UtcClock"/>.</param>
/// <param name="FinishedTicks">When it ended.</param>
/// <param name="Checksum">The checksum; 0 unless it succeeded.</param>
/// <param name="Error">What went wrong, in one line; null if it succeeded.</param>
public sealed record TaskResult(
    string Machine,
    int ProcessId,
    int ThreadId,
    long StartedTicks,
    long FinishedTicks,
    ulong Checksum,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] TaskOutcome Outcome,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error,
    ActivityUsage Usage)
{
    /// <summary>How many activities of the run its process has executed by now, this one included; 0 where it does not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Executions { get; init; }

    public static TaskResult Of(in TaskAttempt attempt, ActivityUsage usage) => new(
        attempt.Host.Machine,
        attempt.Host.ProcessId,
        attempt.ThreadId,
        attempt.StartedTicks,
        attempt.FinishedTicks,
        attempt.Checksum,
        attempt.Outcome,
        attempt.Error,
        usage);

    /// <summary>The attempt as the orchestration takes it down.</summary>
    /// <param name="attempt">1 for the first attempt.</param>
    /// <param name="queuedTicks">When the orchestration scheduled it.</param>
    public TaskAttempt ToAttempt(int taskIndex, int attempt, long queuedTicks) => new(
        taskIndex,
        attempt,
        new HostIdentity(Machine, ProcessId),
        ThreadId,
        queuedTicks,
        StartedTicks,
        FinishedTicks,
        Checksum,
        Outcome,
        Error);
}
