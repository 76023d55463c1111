using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Workers.Pinning;

/// <summary>
/// Starts processes that, with all their children, may use only some of the processors that this program may use. The processors
/// are those with the lowest numbers. A process inherits them from whoever starts it: on Linux from the thread, on Windows from the
/// process, which are confined for that moment only.
/// </summary>
public static partial class ProcessorPin
{
    // 8,192 processors, the most that Linux can be built for.
    internal const int MaskBytes = 1024;

    /// <summary>Whether this system lets a program choose its processors; macOS does not.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() || OperatingSystem.IsWindows();

    /// <param name="processors">How many processors it may use, 1 or more.</param>
    /// <exception cref="PlatformNotSupportedException">This system has no such thing.</exception>
    /// <exception cref="ArgumentOutOfRangeException">This program itself may use fewer processors.</exception>
    /// <exception cref="Win32Exception">The system refuses.</exception>
    public static Process Start(ProcessStartInfo start, int processors)
    {
        // It would tell the process another number of processors than it has.
        start.Environment.Remove("DOTNET_PROCESSOR_COUNT");
        return OperatingSystem.IsLinux() ? StartOnLinux(start, processors)
            : OperatingSystem.IsWindows() ? StartOnWindows(start, processors)
            : throw new PlatformNotSupportedException("this system does not let a program choose its processors");
    }

    private static Process StartOnLinux(ProcessStartInfo start, int processors)
    {
        byte[] before = new byte[MaskBytes];
        if (GetAffinity(0, MaskBytes, before) < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        byte[] chosen = Lowest(before, processors);
        if (SetAffinity(0, MaskBytes, chosen) < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        try
        {
            return Process.Start(start)!;
        }
        finally
        {
            _ = SetAffinity(0, MaskBytes, before);
        }
    }

    [SupportedOSPlatform("windows")]
    private static Process StartOnWindows(ProcessStartInfo start, int processors)
    {
        using var self = Process.GetCurrentProcess();
        nint before = self.ProcessorAffinity;
        self.ProcessorAffinity = (nint)BitConverter.ToInt64(Lowest(BitConverter.GetBytes((long)before), processors));
        try
        {
            return Process.Start(start)!;
        }
        finally
        {
            self.ProcessorAffinity = before;
        }
    }

    /// <summary>Keeps the lowest bits of a mask.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It has fewer.</exception>
    internal static byte[] Lowest(byte[] mask, int count)
    {
        byte[] kept = new byte[mask.Length];
        int left = count;
        for (int bit = 0; bit < mask.Length * 8 && left > 0; bit++)
        {
            if ((mask[bit / 8] & (1 << (bit % 8))) == 0)
                continue;
            kept[bit / 8] |= (byte)(1 << (bit % 8));
            left--;
        }

        return left == 0 ? kept : throw new ArgumentOutOfRangeException(
            nameof(count), count, $"this program may use {Counted.Of(count - left, "processor")} only");
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity", SetLastError = true)]
    internal static partial int GetAffinity(int processId, nuint size, [Out] byte[] mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    internal static partial int SetAffinity(int processId, nuint size, byte[] mask);
}
