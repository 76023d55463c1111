using System.Globalization;

namespace ServerlessConcurrency.Core.Workloads;

/// <summary>What the system allows this program, see getrlimit(2). Linux tells; elsewhere nothing is known, and nothing limited.</summary>
public static class SystemLimits
{
    // With fewer, what an experiment needs beside its tasks does not start.
    private const int LeastOpenFiles = 200;
    private const int LeastProcesses = 64;

    private const string LimitsFile = "/proc/self/limits";
    private const string OpenFilesFolder = "/proc/self/fd";

    /// <summary>How many files and connections it may have open at once.</summary>
    public static int OpenFiles { get; } = Read("Max open files");

    /// <summary>How many more it may open now.</summary>
    public static int OpenFilesLeft => OpenFiles < int.MaxValue && Directory.Exists(OpenFilesFolder)
        ? OpenFiles - Directory.EnumerateFileSystemEntries(OpenFilesFolder).Count()
        : OpenFiles;

    /// <summary>How many processes and threads the user may have at once.</summary>
    public static int Processes { get; } = Environment.IsPrivilegedProcess ? int.MaxValue : Read("Max processes");

    /// <summary>Why this program cannot work; null: it can.</summary>
    public static string? Shortage =>
        OpenFiles < LeastOpenFiles
            ? FormattableString.Invariant($"this program may have {OpenFiles} files open at once, and needs {LeastOpenFiles}; raise the limit (ulimit -n)")
        : Processes < LeastProcesses
            ? FormattableString.Invariant($"this user may have {Processes} processes and threads at once, and needs {LeastProcesses}; raise the limit (ulimit -u)")
        : null;

    /// <summary>The limits, for messages of what the system refuses.</summary>
    public static string Describe() =>
        $"this program may have {Number(OpenFiles)} files open (ulimit -n), its user {Number(Processes)} processes and threads (ulimit -u); a container may allow less";

    private static string Number(int limit) => limit == int.MaxValue ? "any number of" : limit.ToString("N0", CultureInfo.InvariantCulture);

    // The first number is the limit that holds; of files the runtime has raised it as far as it may.
    private static int Read(string name)
    {
        try
        {
            string? line = File.Exists(LimitsFile)
                ? File.ReadLines(LimitsFile).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))
                : null;
            string? limit = line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
            return int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out int known) ? known : int.MaxValue;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return int.MaxValue;
        }
    }
}
