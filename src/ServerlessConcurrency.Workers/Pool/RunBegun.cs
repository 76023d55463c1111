namespace ServerlessConcurrency.Workers.Pool;

/// <summary>A worker's state when a run begins.</summary>
/// <param name="CpuTime">The processor time that its process has used before and that does not count as the run's.</param>
internal sealed record RunBegun(TimeSpan CpuTime);
