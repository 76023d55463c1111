using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Tests.Engine;

namespace ServerlessConcurrency.Core.Tests.Findings;

/// <summary>Tasks that block the thread pool of a process, which begins with as many threads as it is given.</summary>
internal static class StarvedPool
{
    public const string Name = "starved-pool";

    // How many tasks block at once.
    public const int Blocking = 32;

    /// <summary>Whether the pool is found to be starved.</summary>
    public static async Task<bool> FindsAsync(int threads)
    {
        ThreadPool.GetMinThreads(out _, out int completionPorts);
        ThreadPool.SetMinThreads(threads, completionPorts);
        var spec = new ExperimentSpec
        {
            Workloads = [new WorkloadSpec("delay", 400, Blocking)],
            Models = ["thread-pool"],
            Degree = Blocking,
            // Starting threads takes a busy machine long: a pool that is to have them has them after the warm-up.
            WarmupRounds = threads > Blocking ? 1 : 0,
            Rounds = 2,
            MinRunMs = 0,
        };
        return (await Experiment.RunAsync(spec)).Document.Findings.Any(finding => finding.Code == "thread-pool-starvation");
    }
}
