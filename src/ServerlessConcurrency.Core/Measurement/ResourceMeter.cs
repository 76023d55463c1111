using System.Diagnostics;
using System.Globalization;

namespace ServerlessConcurrency.Core.Measurement;

/// <summary>
/// Measures what this process uses between <see cref="Start"/> and <see cref="Stop"/>: processor time and context switches from
/// getrusage(2), the peak resident set from /proc/self/status (reset through /proc/self/clear_refs, see proc(5)) on Linux;
/// on macOS the peak since the process began; on Windows no context switches.
/// </summary>
public sealed class ResourceMeter
{
    private ResourceUsage _atStart = ResourceUsage.None;

    /// <summary>Begins a measurement. What this itself takes is not part of it: processor time is read last here and first in the end.</summary>
    public void Start()
    {
        ResetPeak();
        ResourceUsage counted = Count();
        ProcessorUse use = ReadUse();
        _atStart = counted with { CpuTime = use.Cpu, VoluntarySwitches = use.Voluntary, InvoluntarySwitches = use.Involuntary };
    }

    /// <returns>What was used since <see cref="Start"/>.</returns>
    public ResourceUsage Stop()
    {
        ProcessorUse use = ReadUse();
        ResourceUsage now = Count();
        return new ResourceUsage(
            use.Cpu - _atStart.CpuTime,
            use.Voluntary - _atStart.VoluntarySwitches,
            use.Involuntary - _atStart.InvoluntarySwitches,
            // On Linux the peak since the last reset is to be had as well.
            ReadPeak() ?? use.LifetimePeakRssBytes,
            now.Gen0Collections - _atStart.Gen0Collections,
            now.Gen1Collections - _atStart.Gen1Collections,
            now.Gen2Collections - _atStart.Gen2Collections,
            now.AllocatedBytes - _atStart.AllocatedBytes,
            now.StorageRequests.Since(_atStart.StorageRequests));
    }

    private static ResourceUsage Count() => ResourceUsage.None with
    {
        AllocatedBytes = GC.GetTotalAllocatedBytes(),
        Gen0Collections = GC.CollectionCount(0),
        Gen1Collections = GC.CollectionCount(1),
        Gen2Collections = GC.CollectionCount(2),
        StorageRequests = StorageRequestCounter.Current,
    };

    private static ProcessorUse ReadUse()
    {
        if (OperatingSystem.IsWindows() || UnixUsage.Read(UnixUsage.ThisProcess) is not { } usage)
        {
            using var process = Process.GetCurrentProcess();
            return new ProcessorUse(process.TotalProcessorTime, null, null, process.PeakWorkingSet64);
        }

        return new ProcessorUse(
            usage.Cpu,
            usage.VoluntarySwitches,
            usage.InvoluntarySwitches,
            OperatingSystem.IsMacOS() ? usage.MaxResidentSet : usage.MaxResidentSet * 1024);
    }

    private static void ResetPeak()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Some container sandboxes do not allow it: the peak is then that of the process's whole life.
        }
    }

    private static long? ReadPeak()
    {
        try
        {
            return ProcStatus.Find("VmHWM") is { } peak ? long.Parse(peak.AsSpan().TrimEnd(" kB"), CultureInfo.InvariantCulture) * 1024 : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private readonly record struct ProcessorUse(TimeSpan Cpu, long? Voluntary, long? Involuntary, long LifetimePeakRssBytes);
}
