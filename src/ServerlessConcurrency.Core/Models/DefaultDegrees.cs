using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Models;

/// <summary>Degrees that several models share as their default.</summary>
internal static class DefaultDegrees
{
    private const int MostIoThreads = 32;

    /// <summary>For threads: one for each processor while they compute, up to 32 while they wait.</summary>
    public static int OfThreads(WorkloadNature nature, int tasks, int processors) =>
        nature == WorkloadNature.CpuBound ? processors : Math.Min(tasks, MostIoThreads);
}
