namespace ServerlessConcurrency.Benchmarks.Measuring;

/// <summary>A user's method that does nothing.</summary>
public static class OwnMethod
{
    public const string Name = "own-empty";

    [Workload(Name, Nature = WorkloadNature.CpuBound)]
    public static int Run(WorkItem item) => item.Index;
}
