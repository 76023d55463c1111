using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ServerlessConcurrency.Workers.Pinning;

/// <summary>
/// Keeps the calling thread on one processor until it is disposed of, on the same thread: of those that the process may use, the one
/// with the lowest number, so that threads of several processes meet on the same.
/// </summary>
public sealed partial class ThreadPin : IDisposable
{
    private readonly byte[] _before;

    private ThreadPin(byte[] before) => _before = before;

    /// <summary>Whether this system lets a thread choose its processor; macOS does not.</summary>
    public static bool IsSupported => ProcessorPin.IsSupported;

    /// <summary>Confines the calling thread.</summary>
    /// <exception cref="PlatformNotSupportedException">This system has no such thing.</exception>
    /// <exception cref="Win32Exception">The system refuses.</exception>
    public static ThreadPin ToOneProcessor() => OperatingSystem.IsLinux() ? OnLinux()
        : OperatingSystem.IsWindows() ? OnWindows()
        : throw new PlatformNotSupportedException("this system does not let a thread choose its processor");

    /// <summary>Gives the thread back the processors that it had.</summary>
    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
            _ = ProcessorPin.SetAffinity(0, ProcessorPin.MaskBytes, _before);
        else if (OperatingSystem.IsWindows())
            _ = SetThreadAffinityMask(GetCurrentThread(), (nint)BitConverter.ToInt64(_before));
    }

    private static ThreadPin OnLinux()
    {
        byte[] before = new byte[ProcessorPin.MaskBytes];
        if (ProcessorPin.GetAffinity(0, ProcessorPin.MaskBytes, before) < 0
            || ProcessorPin.SetAffinity(0, ProcessorPin.MaskBytes, ProcessorPin.Lowest(before, 1)) < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        return new ThreadPin(before);
    }

    [SupportedOSPlatform("windows")]
    private static ThreadPin OnWindows()
    {
        using var self = Process.GetCurrentProcess();
        byte[] allowed = BitConverter.GetBytes((long)self.ProcessorAffinity);
        nint before = SetThreadAffinityMask(GetCurrentThread(), (nint)BitConverter.ToInt64(ProcessorPin.Lowest(allowed, 1)));
        return before != 0 ? new ThreadPin(BitConverter.GetBytes((long)before)) : throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial nint SetThreadAffinityMask(nint thread, nint mask);

    [LibraryImport("kernel32")]
    private static partial nint GetCurrentThread();
}
