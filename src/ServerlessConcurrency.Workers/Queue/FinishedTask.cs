using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Workers.Queue;

/// <summary>A task attempt that has ended, and the message that asked for it.</summary>
internal sealed record FinishedTask(HeldMessage Message, TaskAttempt Attempt);
