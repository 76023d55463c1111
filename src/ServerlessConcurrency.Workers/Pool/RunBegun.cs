namespace ServerlessConcurrency.Workers.Pool;

/// <summary>A worker's state when a run begins.</summary>
/// <param name="CpuTime">The processor time that its process has used so far.</param>
internal sealed record RunBegun(TimeSpan CpuTime);
