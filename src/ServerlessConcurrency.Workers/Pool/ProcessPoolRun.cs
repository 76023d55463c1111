using ServerlessConcurrency.Core.Measurement;

namespace ServerlessConcurrency.Workers.Pool;

/// <summary>What the workers of a pool need to know of a run.</summary>
/// <param name="Workload">The workload's kind.</param>
/// <param name="Size">The size of every task, in the workload's unit.</param>
/// <param name="Seed">The experiment's seed.</param>
/// <param name="ColdStart">
/// Whether it begins with the start of its workers: they do not warm up (see <see cref="WarmUp"/>), and what they use counts from
/// their start.
/// </param>
/// <param name="IsReplacement">
/// Whether the worker takes the place of one that died in the run: it does not warm up, as the tasks wait for it.
/// </param>
public sealed record ProcessPoolRun(
    string Workload, long Size, long Seed, bool ColdStart = false, bool IsReplacement = false);
