using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ServerlessConcurrency.Workers.Tests.Processes;

/// <summary>
/// A program that is no .NET program and loads one, as the native host of Azure Functions does: by hostfxr's functions for a command line.
/// Here it is CPython.
/// </summary>
internal static class ForeignHost
{
    private const string Script = """
        import ctypes, os, sys
        character = ctypes.c_wchar_p if os.name == "nt" else ctypes.c_char_p
        arguments = sys.argv[2:] if os.name == "nt" else [os.fsencode(argument) for argument in sys.argv[2:]]
        hostfxr = ctypes.CDLL(sys.argv[1])
        context = ctypes.c_void_p()
        status = hostfxr.hostfxr_initialize_for_dotnet_command_line(
            len(arguments), (character * len(arguments))(*arguments), None, ctypes.byref(context))
        sys.exit(hostfxr.hostfxr_run_app(context) if context else status)
        """;

    /// <summary>How to start it so that it loads a program.</summary>
    public static ProcessStartInfo Start(string assembly, params string[] arguments) =>
        new(SystemPython.FileName, ["-c", Script, HostFxr(), assembly, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

    // The newest one, which is what `dotnet` itself takes.
    private static string HostFxr()
    {
        string versions = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "host", "fxr");
        DirectoryInfo newest = new DirectoryInfo(versions).GetDirectories().MaxBy(folder => Version.Parse(folder.Name.Split('-')[0]))!;
        string name = OperatingSystem.IsWindows() ? "hostfxr.dll" : OperatingSystem.IsMacOS() ? "libhostfxr.dylib" : "libhostfxr.so";
        return Path.Combine(newest.FullName, name);
    }
}
