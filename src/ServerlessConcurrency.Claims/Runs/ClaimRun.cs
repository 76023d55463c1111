using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Claims.Runs;

/// <summary>A run of tasks that belongs to no experiment.</summary>
internal static class ClaimRun
{
    public static RunOrder Of(string model, string workload, long size, int tasks, int degree, long seed) => new()
    {
        ExperimentId = "claims",
        RunId = "claim",
        Model = model,
        Workload = workload,
        Size = size,
        Tasks = tasks,
        Degree = degree,
        Seed = seed,
        TaskTimeout = Timeout.InfiniteTimeSpan,
    };
}
