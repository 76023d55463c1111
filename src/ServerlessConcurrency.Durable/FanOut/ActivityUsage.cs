using System.Text.Json.Serialization;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Durable.FanOut;

/// <summary>
/// What a process used while it executed an activity, as it travels in the history of an orchestration: once for each task, and
/// read again at every step, so that what is zero or unknown is left out.
/// </summary>
public sealed record ActivityUsage
{
    /// <summary>Processor time, in units of 100 ns.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long CpuTicks { get; init; }

    /// <summary>Voluntary context switches; null where the system does not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Voluntary { get; init; }

    /// <summary>Involuntary context switches; null where the system does not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Involuntary { get; init; }

    /// <summary>The largest resident set, in bytes; null where the system does not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? PeakRss { get; init; }

    /// <summary>Garbage collections of generation 0 or older.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Gen0 { get; init; }

    /// <summary>Garbage collections of generation 1 or older.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Gen1 { get; init; }

    /// <summary>Garbage collections of generation 2.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Gen2 { get; init; }

    /// <summary>Managed memory allocated, in bytes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Allocated { get; init; }

    /// <summary>Requests to Azure Storage; null where there were none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StorageRequests? Requests { get; init; }

    public static ActivityUsage Of(ResourceUsage usage) => new()
    {
        CpuTicks = usage.CpuTime.Ticks,
        Voluntary = usage.VoluntarySwitches,
        Involuntary = usage.InvoluntarySwitches,
        PeakRss = usage.PeakRssBytes,
        Gen0 = usage.Gen0Collections,
        Gen1 = usage.Gen1Collections,
        Gen2 = usage.Gen2Collections,
        Allocated = usage.AllocatedBytes,
        Requests = usage.StorageRequests.Total == 0 ? null : usage.StorageRequests,
    };

    public ResourceUsage ToUsage() =>
        new(new TimeSpan(CpuTicks), Voluntary, Involuntary, PeakRss, Gen0, Gen1, Gen2, Allocated, Requests ?? StorageRequests.None);
}
