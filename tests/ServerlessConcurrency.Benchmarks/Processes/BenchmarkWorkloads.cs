using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Benchmarks.Processes;

/// <summary>What the worker processes of the benchmarks can do.</summary>
internal static class BenchmarkWorkloads
{
    public static WorkloadCatalog Create(WorkloadEnvironment environment) =>
        new([new EmptyWorkload(), .. BuiltInWorkloads.Create(environment)]);
}
