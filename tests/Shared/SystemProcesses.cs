using System.Diagnostics;
using System.Globalization;

namespace ServerlessConcurrency.Tests;

/// <summary>What the system says of processes.</summary>
internal static class SystemProcesses
{
    /// <summary>Whether a process executes: a zombie that its parent, e.g. a container's first process, has not collected does not.</summary>
    public static bool IsRunning(int processId)
    {
        if (OperatingSystem.IsLinux())
            return State(processId) is not (null or 'Z' or 'X');
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Whether the system still has an entry for a child of this process, be it a zombie.</summary>
    public static bool IsKnown(int processId) =>
        OperatingSystem.IsLinux() ? State(processId) is not null : IsRunning(processId);

    private static char? State(int processId)
    {
        try
        {
            string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
            return stat[stat.LastIndexOf(')') + 2];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
