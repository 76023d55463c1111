using System.Globalization;

namespace ServerlessConcurrency.Workers.Processes;

/// <summary>Says in words how a process ended.</summary>
internal static class ExitStatus
{
    private const int SigKill = 9;

    /// <param name="exitCode">As .NET reports it: 128 plus the signal's number for a process killed by a signal on Unix.</param>
    public static string Describe(int exitCode)
    {
        if (OperatingSystem.IsWindows())
            return string.Create(CultureInfo.InvariantCulture, $"exited with code 0x{exitCode:X8}");
        if (exitCode == 128 + SigKill)
            return $"was killed by SIGKILL (exit code {exitCode}), as the system does when memory runs out";
        return SignalName(exitCode - 128) is { } signal
            ? string.Create(CultureInfo.InvariantCulture, $"was killed by {signal} (exit code {exitCode})")
            : string.Create(CultureInfo.InvariantCulture, $"exited with code {exitCode}");
    }

    private static string? SignalName(int signal) => signal switch
    {
        1 => "SIGHUP",
        2 => "SIGINT",
        3 => "SIGQUIT",
        4 => "SIGILL",
        6 => "SIGABRT",
        8 => "SIGFPE",
        11 => "SIGSEGV",
        15 => "SIGTERM",
        _ => null,
    };
}
