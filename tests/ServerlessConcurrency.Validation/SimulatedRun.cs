using MathNet.Numerics.Distributions;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Validation;

/// <summary>A valid run with a wall time that was not measured.</summary>
internal static class SimulatedRun
{
    /// <summary>Makes one.</summary>
    /// <param name="model">The model's id.</param>
    /// <param name="round">The round, from 1.</param>
    /// <param name="wallMs">The wall time, in ms.</param>
    /// <param name="degree">How many worked at once.</param>
    /// <param name="tasks">How many tasks it had.</param>
    public static RunResult Of(string model, int round, double wallMs, int degree = 1, int tasks = 1) => new()
    {
        RunId = $"r{round}-{model}",
        Round = round,
        Workload = StepsWorkload.Id,
        Size = 1,
        Model = model,
        Degree = degree,
        Tasks = tasks,
        WallMs = wallMs,
        CpuMs = null,
        GarbageCollections = null,
        AllocatedBytes = null,
        Hosts = 1,
        Threads = degree,
        Checksum = "",
        Failed = 0,
        Retried = 0,
    };

    /// <summary>A factor around 1, the logarithm of which is normally distributed with this standard deviation.</summary>
    public static double Noise(Random random, double deviation) => Math.Exp(deviation * Normal.InvCDF(0, 1, 1 - random.NextDouble()));
}
