namespace ServerlessConcurrency.Workers.Pool;

/// <summary>A task that waits for a worker or is with one.</summary>
/// <param name="Attempt">1 for the first attempt.</param>
/// <param name="QueuedTicks">When it was handed over for this attempt.</param>
/// <param name="IsAlone">Whether a worker takes it only while it has no other, and no other with it.</param>
internal readonly record struct PendingTask(int Index, int Attempt, long QueuedTicks, bool IsAlone = false);
