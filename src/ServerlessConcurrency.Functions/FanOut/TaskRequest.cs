namespace ServerlessConcurrency.Functions.FanOut;

/// <summary>The input of <see cref="ExecuteTask"/>.</summary>
/// <param name="Workload">The workload's kind.</param>
/// <param name="Size">The task's size.</param>
/// <param name="Index">The task's position in its run, from 0.</param>
/// <param name="Seed">The experiment's seed.</param>
/// <param name="TimeoutSeconds">How long the task may take.</param>
public sealed record TaskRequest(string Workload, long Size, int Index, long Seed, double TimeoutSeconds);
