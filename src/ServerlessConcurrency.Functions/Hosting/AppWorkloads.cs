using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Workloads;

namespace ServerlessConcurrency.Functions.Hosting;

/// <summary>The workloads of the app; its child processes have the same.</summary>
internal static class AppWorkloads
{
    public static WorkloadCatalog Create(WorkloadEnvironment environment) =>
        new([.. BuiltInWorkloads.Create(environment), new BlobWorkload(environment)]);
}
