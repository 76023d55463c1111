using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Measurement;

/// <summary>What a process used during a run.</summary>
/// <param name="CpuTime">Processor time, user and kernel.</param>
/// <param name="VoluntarySwitches">Context switches because a thread waited; null where the system does not tell.</param>
/// <param name="InvoluntarySwitches">Context switches because the scheduler took the processor away; null where unknown.</param>
/// <param name="PeakRssBytes">The largest resident set, in bytes; null where the system does not tell.</param>
/// <param name="Gen0Collections">Garbage collections of generation 0 (each later generation's are included).</param>
/// <param name="Gen1Collections">Garbage collections of generation 1.</param>
/// <param name="Gen2Collections">Garbage collections of generation 2.</param>
/// <param name="AllocatedBytes">Managed memory allocated, in bytes.</param>
public sealed record ResourceUsage(
    TimeSpan CpuTime,
    long? VoluntarySwitches,
    long? InvoluntarySwitches,
    long? PeakRssBytes,
    int Gen0Collections,
    int Gen1Collections,
    int Gen2Collections,
    long AllocatedBytes,
    StorageRequests StorageRequests)
{
    public static ResourceUsage None { get; } = new(TimeSpan.Zero, 0, 0, 0, 0, 0, 0, 0, StorageRequests.None);

    /// <summary>What one of several repetitions used.</summary>
    /// <param name="repetitions">What each used; one or more.</param>
    /// <returns>Means of processor time, context switches and allocated bytes; the rest is that of the last repetition.</returns>
    public static ResourceUsage Mean(IReadOnlyList<ResourceUsage> repetitions)
    {
        int count = repetitions.Count;
        return repetitions[^1] with
        {
            CpuTime = repetitions.Aggregate(TimeSpan.Zero, (sum, usage) => sum + usage.CpuTime) / count,
            VoluntarySwitches = Mean(usage => usage.VoluntarySwitches),
            InvoluntarySwitches = Mean(usage => usage.InvoluntarySwitches),
            AllocatedBytes = Mean(usage => usage.AllocatedBytes)!.Value,
        };

        long? Mean(Func<ResourceUsage, long?> figure) =>
            repetitions.Aggregate((long?)0, (sum, usage) => sum + figure(usage)) / count;
    }

    /// <summary>The sum of two processes' usage; a figure that one of them does not have is unknown for both.</summary>
    /// <returns>The sum. Of peak sizes too: an upper bound of what both held at once.</returns>
    public ResourceUsage Plus(ResourceUsage other) => new(
        CpuTime + other.CpuTime,
        VoluntarySwitches + other.VoluntarySwitches,
        InvoluntarySwitches + other.InvoluntarySwitches,
        PeakRssBytes + other.PeakRssBytes,
        Gen0Collections + other.Gen0Collections,
        Gen1Collections + other.Gen1Collections,
        Gen2Collections + other.Gen2Collections,
        AllocatedBytes + other.AllocatedBytes,
        StorageRequests.Plus(other.StorageRequests));
}
