using System.ComponentModel;
using System.Diagnostics;

namespace ServerlessConcurrency.Tests;

/// <summary>The CPython of the search path, where there is one.</summary>
internal static class SystemPython
{
    private static readonly Lazy<bool> Found = new(Find);

    public static string FileName { get; } = OperatingSystem.IsWindows() ? "python" : "python3";

    public static bool IsThere => Found.Value;

    private static bool Find()
    {
        try
        {
            using Process python = Process.Start(new ProcessStartInfo(FileName, "--version") { RedirectStandardOutput = true })!;
            python.WaitForExit();
            return python.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
