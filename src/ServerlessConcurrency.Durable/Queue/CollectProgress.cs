namespace ServerlessConcurrency.Durable.Queue;

/// <summary>What <see cref="CollectQueueResults"/> has found.</summary>
/// <param name="IsComplete">Whether every task has ended and the run is stored.</param>
public sealed record CollectProgress(bool IsComplete, int Rows);
