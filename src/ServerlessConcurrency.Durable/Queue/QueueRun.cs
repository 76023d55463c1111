namespace ServerlessConcurrency.Durable.Queue;

/// <summary>What the sender of a run's tasks knows.</summary>
/// <param name="BeganTicks">When the run began, by <see cref="Core.Measurement.UtcClock"/>.</param>
/// <param name="SentTicks">When the last message was accepted.</param>
public sealed record QueueRun(long BeganTicks, long SentTicks);
