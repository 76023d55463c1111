using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Tests.Analysis;

/// <summary>Runs with given wall times, a round each.</summary>
internal static class MeasuredRuns
{
    public static IEnumerable<RunResult> Of(string model, params double[] wallMs) => Of(model, 1, wallMs);

    public static IEnumerable<RunResult> Of(string model, int degree, double[] wallMs) =>
        wallMs.Select((wall, round) => One(model, round + 1, wall) with { Degree = degree });

    public static RunResult One(string model, int round, double wallMs) => new()
    {
        RunId = $"r{round:D4}-{model}",
        Round = round,
        Workload = "primes",
        Size = 1_000,
        Model = model,
        Degree = 1,
        Tasks = 8,
        WallMs = wallMs,
        CpuMs = wallMs / 2,
        Nature = WorkloadNature.CpuBound,
        GarbageCollections = new GarbageCollections(0, 0, 0),
        AllocatedBytes = 0,
        Hosts = 1,
        Threads = 1,
        Checksum = "0000000000000000",
        Failed = 0,
        Retried = 0,
    };
}
