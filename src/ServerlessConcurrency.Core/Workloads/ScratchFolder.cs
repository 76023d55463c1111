namespace ServerlessConcurrency.Core.Workloads;

/// <summary>
/// A folder for temporary files, removed at the end if it can be: nothing that was measured depends on that. The first one in a program also
/// removes those that killed programs have left for two days.
/// </summary>
public sealed class ScratchFolder : IDisposable
{
    private const string Prefix = "sconc-";
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromDays(2);
    private static int s_swept;

    /// <summary>Creates it among the temporary files of the system.</summary>
    /// <exception cref="IOException">It cannot be created there.</exception>
    public ScratchFolder()
    {
        Path = Create();
        if (Interlocked.Exchange(ref s_swept, 1) == 0)
            Sweep(TimeProvider.System.GetUtcNow().UtcDateTime - AbandonedAfter);
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>Removes it, if it can be.</summary>
    public void Dispose() => TryDelete(Path);

    /// <summary>Removes folders of this kind that nothing was written into since a moment, in universal time.</summary>
    internal static void Sweep(DateTime writtenBefore)
    {
        try
        {
            foreach (string folder in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), Prefix + "*"))
                if (Directory.GetLastWriteTimeUtc(folder) < writtenBefore)
                    TryDelete(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // They stay.
        }
    }

    // What the system says names neither the folder nor the remedy.
    private static string Create()
    {
        try
        {
            return Directory.CreateTempSubdirectory(Prefix).FullName;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string place = System.IO.Path.GetTempPath();
            string reason = Directory.Exists(place) ? exception.Message : "there is no such folder";
            throw new IOException($"no temporary files can be created in {place} ({reason}); name another folder in the environment variable {(OperatingSystem.IsWindows() ? "TMP" : "TMPDIR")}", exception);
        }
    }

    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody else's, in use, or gone already.
        }
    }
}
