using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Storage.Workloads;

/// <summary>The workloads of both engines: those that need nothing but .NET, and those that need storage.</summary>
public static class EveryWorkload
{
    /// <param name="environment">Where I/O-bound workloads find what they talk to; may be filled in later.</param>
    public static WorkloadCatalog Create(WorkloadEnvironment environment) =>
        new([.. BuiltInWorkloads.Create(environment), new BlobWorkload(environment)]);
}
