namespace ServerlessConcurrency.Workers.Pool;

/// <summary>What the workers of a pool need to know of a run.</summary>
/// <param name="Workload">The workload's kind.</param>
/// <param name="Size">The size of every task, in the workload's unit.</param>
/// <param name="Seed">The experiment's seed.</param>
public sealed record ProcessPoolRun(string Workload, long Size, long Seed);
