using Microsoft.DurableTask;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Durable.FanOut;

/// <summary>The attempt whose activity did not return, e.g. because its process died: nobody knows which host had it.</summary>
internal static class LostAttempt
{
    /// <summary>The host of an attempt that no host has reported.</summary>
    private static readonly HostIdentity Unknown = new("unknown", 0);

    public static TaskAttempt Of(
        TaskOrchestrationContext context, int taskIndex, int attempt, long queuedTicks, TaskFailedException exception)
    {
        // Replayed, the time is the same: that of the event which told of the failure.
        long now = UtcClock.Timestamp(context.CurrentUtcDateTime);
        return TaskAttempt.Lost(taskIndex, attempt, Unknown, queuedTicks, now, Describe(exception));
    }

    /// <summary>What an activity or orchestration failed of, in one line.</summary>
    public static string Describe(TaskFailedException exception) =>
        exception.FailureDetails.ErrorMessage is { Length: > 0 } message
            ? message.ReplaceLineEndings(" ")
            : exception.Message.ReplaceLineEndings(" ");
}
