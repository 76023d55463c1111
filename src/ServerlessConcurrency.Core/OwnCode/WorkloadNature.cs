namespace ServerlessConcurrency;

/// <summary>What a workload spends its time on; decides the default degree of several models.</summary>
public enum WorkloadNature
{
    /// <summary>It computes: more threads than processors cannot help.</summary>
    CpuBound,

    /// <summary>It waits: for a timer, a socket, a disk or a storage service.</summary>
    IoBound,

    /// <summary>It waits, then computes.</summary>
    Mixed,
}
