namespace ServerlessConcurrency.Core.Specs;

/// <summary>One workload of a spec.</summary>
/// <param name="Kind">The workload's name, e.g. <c>primes</c>.</param>
/// <param name="Size">How big one task is, in the workload's unit; 1 to 10^9 within the workload's own limit.</param>
/// <param name="Tasks">How many tasks a run has; 1 to 100,000.</param>
public sealed record WorkloadSpec(string Kind, long Size, int Tasks);
