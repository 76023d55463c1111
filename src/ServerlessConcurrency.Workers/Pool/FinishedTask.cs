using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Workers.Pool;

/// <summary>A task whose result has arrived.</summary>
/// <param name="Task">The task.</param>
/// <param name="Attempt">The result.</param>
internal readonly record struct FinishedTask(PendingTask Task, TaskAttempt Attempt);
