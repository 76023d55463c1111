namespace ServerlessConcurrency.Workers.Pool;

/// <summary>What a worker has to do.</summary>
/// <param name="IsAlone">Whether the task with it wants to be the only one.</param>
/// <param name="AverageTicks">How long its last tasks took on average; negative before the first.</param>
internal readonly record struct WorkerLoad(int InFlight, bool IsAlone, double AverageTicks);
