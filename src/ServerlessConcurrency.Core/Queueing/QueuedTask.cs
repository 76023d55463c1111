using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Queueing;

/// <summary>A task as a queue message carries it: all that any host needs to execute it and to store its result.</summary>
/// <param name="Run">The run, which has begun.</param>
/// <param name="Index">The task's index in it.</param>
/// <param name="QueuedTicks">When the task was sent, on the clock of <see cref="RunOrder.BeganTicks"/>.</param>
public sealed record QueuedTask(RunOrder Run, int Index, long QueuedTicks);
