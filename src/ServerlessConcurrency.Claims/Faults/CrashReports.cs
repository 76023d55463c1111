using System.Runtime.InteropServices;

namespace ServerlessConcurrency.Claims.Faults;

/// <summary>Keeps the system from writing a memory dump of this process, or from showing a window, when it crashes on purpose.</summary>
internal static partial class CrashReports
{
    private const int SetDumpable = 4;
    private const int CoreSizeLimit = 4;
    private const uint NoErrorBoxes = 0x0001 | 0x0002 | 0x8000;

    public static void Suppress()
    {
        if (OperatingSystem.IsWindows())
        {
            _ = SetErrorMode(NoErrorBoxes);
        }
        else if (OperatingSystem.IsLinux())
        {
            // A limit of 0 would not do where dumps go to a program, see core(5).
            _ = ProcessControl(SetDumpable, 0, 0, 0, 0);
        }
        else
        {
            _ = SetLimit(CoreSizeLimit, default);
        }
    }

    [LibraryImport("kernel32", EntryPoint = "SetErrorMode")]
    private static partial uint SetErrorMode(uint mode);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ProcessControl(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Current;
        public ulong Most;
    }
}
