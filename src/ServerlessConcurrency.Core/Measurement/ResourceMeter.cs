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

    /// <summary>Begins a measurement.</summary>
    public void Start()
    {
        ResetPeak();
        _atStart = Read();
    }

    /// <summary>Ends the measurement.</summary>
    /// <returns>What was used since <see cref="Start"/>.</returns>
    public ResourceUsage Stop()
    {
        ResourceUsage now = Read();
        return new ResourceUsage(
            now.CpuTime - _atStart.CpuTime,
            now.VoluntarySwitches - _atStart.VoluntarySwitches,
            now.InvoluntarySwitches - _atStart.InvoluntarySwitches,
            now.PeakRssBytes,
            now.Gen0Collections - _atStart.Gen0Collections,
            now.Gen1Collections - _atStart.Gen1Collections,
            now.Gen2Collections - _atStart.Gen2Collections,
            now.AllocatedBytes - _atStart.AllocatedBytes,
            now.StorageRequests.Since(_atStart.StorageRequests));
    }

    private static ResourceUsage Read()
    {
        (TimeSpan cpu, long? voluntary, long? involuntary, long? peak) = OperatingSystem.IsWindows() ? ReadProcess() : ReadUnix();
        return new ResourceUsage(
            cpu,
            voluntary,
            involuntary,
            peak,
            GC.CollectionCount(0),
            GC.CollectionCount(1),
            GC.CollectionCount(2),
            GC.GetTotalAllocatedBytes(),
            StorageRequestCounter.Current);
    }

    private static (TimeSpan Cpu, long? Voluntary, long? Involuntary, long? Peak) ReadProcess()
    {
        using var process = Process.GetCurrentProcess();
        return (process.TotalProcessorTime, null, null, process.PeakWorkingSet64);
    }

    private static (TimeSpan Cpu, long? Voluntary, long? Involuntary, long? Peak) ReadUnix()
    {
        if (GetResourceUsage(who: 0, out UnixResourceUsage usage) != 0)
            return ReadProcess();
        TimeSpan cpu = usage.UserTime.ToTimeSpan() + usage.SystemTime.ToTimeSpan();
        // ru_maxrss is in bytes on macOS and in KiB on Linux, where the peak since the last reset is to be had as well.
        long? peak = OperatingSystem.IsMacOS() ? usage.MaxResidentSet : ReadPeak() ?? usage.MaxResidentSet * 1024;
        return (cpu, usage.VoluntarySwitches, usage.InvoluntarySwitches, peak);
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
