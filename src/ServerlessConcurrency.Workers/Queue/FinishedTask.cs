using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Workers.Queue;

/// <summary>A task attempt that has ended, and the message that asked for it.</summary>
/// <param name="Message">The message.</param>
/// <param name="Attempt">The attempt.</param>
internal sealed record FinishedTask(HeldMessage Message, TaskAttempt Attempt);
