using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Durable.FanOut;

/// <summary>The input of <see cref="ExecuteTaskBatch"/>.</summary>
/// <param name="Share">The share of a run; it may take the task timeout times its tasks.</param>
/// <param name="Attempt">1 for the first attempt at this share.</param>
/// <param name="QueuedTicks">When the orchestration scheduled it, by <see cref="Core.Measurement.UtcClock"/>.</param>
public sealed record BatchRequest(RunOrder Share, int Attempt, long QueuedTicks);
