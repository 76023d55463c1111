using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ServerlessConcurrency.Core.Measurement;

/// <summary>
/// Measures what this process uses between <see cref="Start"/> and <see cref="Stop"/>: processor time and context switches from
/// getrusage(2), the peak resident set from /proc/self/status (reset through /proc/self/clear_refs, see proc(5)) on Linux;
/// on macOS the peak since the process began; on Windows no context switches.
/// </summary>
public sealed partial class ResourceMeter
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

    /// <summary>Ends the measurement.</summary>
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
        if (OperatingSystem.IsWindows() || GetResourceUsage(who: 0, out UnixResourceUsage usage) != 0)
        {
            using var process = Process.GetCurrentProcess();
            return new ProcessorUse(process.TotalProcessorTime, null, null, process.PeakWorkingSet64);
        }

        return new ProcessorUse(
            usage.UserTime.ToTimeSpan() + usage.SystemTime.ToTimeSpan(),
            usage.VoluntarySwitches,
            usage.InvoluntarySwitches,
            // ru_maxrss is in bytes on macOS and in KiB on Linux.
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
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            foreach (string line in File.ReadLines("/proc/self/status"))
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                    return long.Parse(line.AsSpan(6).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
        }

        return null;
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetResourceUsage(int who, out UnixResourceUsage usage);

    private readonly record struct ProcessorUse(TimeSpan Cpu, long? Voluntary, long? Involuntary, long LifetimePeakRssBytes);

    [StructLayout(LayoutKind.Sequential)]
    private struct UnixTime
    {
        public nint Seconds;
        public nint Microseconds;

        // suseconds_t has 32 bits on macOS, padded to the size of a pointer.
        public readonly TimeSpan ToTimeSpan() =>
            TimeSpan.FromSeconds(Seconds) + TimeSpan.FromMicroseconds((int)Microseconds);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct UnixResourceUsage
    {
        public UnixTime UserTime;
        public UnixTime SystemTime;
        public nint MaxResidentSet;
        public nint SharedTextSize;
        public nint SharedDataSize;
        public nint StackSize;
        public nint MinorFaults;
        public nint MajorFaults;
        public nint Swaps;
        public nint BlockInputs;
        public nint BlockOutputs;
        public nint MessagesSent;
        public nint MessagesReceived;
        public nint Signals;
        public nint VoluntarySwitches;
        public nint InvoluntarySwitches;
    }
}
