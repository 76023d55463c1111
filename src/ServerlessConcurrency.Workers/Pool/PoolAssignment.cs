using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Workers.Pool;

/// <summary>What a worker of a pool is told when a run begins.</summary>
/// <param name="Run">The run that all tasks which follow belong to.</param>
/// <param name="IsReplacement">
/// Whether the worker takes the place of one that died in the run: it does not warm up, as the tasks wait for it.
/// </param>
internal sealed record PoolAssignment(RunOrder Run, bool IsReplacement = false);
