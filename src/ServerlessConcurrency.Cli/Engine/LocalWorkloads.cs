using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Workloads;

namespace ServerlessConcurrency.Cli.Engine;

/// <summary>The workloads of the local engine; its child processes have the same.</summary>
internal static class LocalWorkloads
{
    public static WorkloadCatalog Create(WorkloadEnvironment environment) =>
        new([.. BuiltInWorkloads.Create(environment), new BlobWorkload(environment)]);
}
