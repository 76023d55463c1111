using System.ComponentModel;
using System.Diagnostics;

namespace ServerlessConcurrency.Claims.Tests;

/// <summary>What the tests of claims need of a machine; the product does without.</summary>
internal static class Requirement
{
    private static readonly Lazy<bool> HasPython = new(FindPython);

    /// <summary>Why a test cannot run here.</summary>
    /// <param name="processors">How many processors it needs.</param>
    /// <returns>The reason; null where it can.</returns>
    public static string? WhyNot(int processors) =>
        Environment.ProcessorCount < processors ? $"needs {processors} processors"
        : !HasPython.Value ? "needs python3"
        : null;

    private static bool FindPython()
    {
        try
        {
            using Process python = Process.Start(new ProcessStartInfo(OperatingSystem.IsWindows() ? "python" : "python3", "--version")
            {
                RedirectStandardOutput = true,
            })!;
            python.WaitForExit();
            return python.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
