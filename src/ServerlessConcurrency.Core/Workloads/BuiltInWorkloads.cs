namespace ServerlessConcurrency.Core.Workloads;

/// <summary>The workloads that need nothing but .NET. A new one is registered here.</summary>
public static class BuiltInWorkloads
{
    /// <summary>Creates them.</summary>
    /// <param name="environment">Where I/O-bound workloads find what they talk to; may be filled in later.</param>
    /// <returns>One of each.</returns>
    public static IReadOnlyList<Workload> Create(WorkloadEnvironment environment) =>
    [
        new PrimesWorkload(),
        new Sha256Workload(),
        new MatmulWorkload(),
        new DelayWorkload(),
        new HttpWorkload(environment),
        new FileWorkload(environment),
        new MixedWorkload(),
    ];
}
