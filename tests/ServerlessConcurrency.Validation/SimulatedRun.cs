using ServerlessConcurrency.Core.Experiments;

namespace ServerlessConcurrency.Validation;

/// <summary>Runs with times that nobody measured.</summary>
internal static class SimulatedRun
{
    /// <summary>A run.</summary>
    /// <param name="model">The model's id.</param>
    /// <param name="round">The round, from 1.</param>
    /// <param name="wallMs">What it is to have taken, in ms.</param>
    public static RunResult Of(string model, int round, double wallMs) => new()
    {
        RunId = $"r{round}-{model}",
        Round = round,
        Workload = StepsWorkload.Id,
        Size = 1,
        Model = model,
        Degree = 1,
        Tasks = 64,
        WallMs = wallMs,
        CpuMs = null,
        GarbageCollections = null,
        AllocatedBytes = null,
        Hosts = 1,
        Threads = 1,
        Checksum = "",
        Failed = 0,
        Retried = 0,
    };
}
