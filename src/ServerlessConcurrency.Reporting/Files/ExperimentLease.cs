using ServerlessConcurrency.Storage.Liveness;

namespace ServerlessConcurrency.Reporting.Files;

/// <summary>
/// Tells other programs that work in the same results folder that the one which runs an experiment is alive: a file that it
/// keeps locked. The system takes the lock back when the program ends, however it ends.
/// </summary>
public sealed class ExperimentLease : IDisposable
{
    private const string FileName = ".under-way";

    // Who asks whether it is abandoned has it for a moment.
    private const int Attempts = 5;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);

    private readonly string _folder;
    private readonly FileStream _file;

    private ExperimentLease(string folder)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        _file = new FileStream(PathIn(folder), new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose,
        });
    }

    /// <exception cref="IOException">Another program has it, or the folder cannot be written.</exception>
    public static ExperimentLease Take(string experimentFolder)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return new ExperimentLease(experimentFolder);
            }
            catch (IOException exception) when (HeldFile.IsReason(exception) && attempt < Attempts)
            {
                Thread.Sleep(Moment);
            }
        }
    }

    /// <summary>The lease; null where another program has it.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static ExperimentLease? TryTake(string experimentFolder)
    {
        try
        {
            return Take(experimentFolder);
        }
        catch (IOException exception) when (HeldFile.IsReason(exception))
        {
            return null;
        }
    }

    /// <summary>Whether a program had the lease and ended without giving it back, and so before the experiment was done.</summary>
    public static bool IsAbandoned(string experimentFolder)
    {
        try
        {
            // Shared: of several who ask at once, none is taken for a program that runs it.
            using var file = new FileStream(PathIn(experimentFolder), FileMode.Open, FileAccess.Read, FileShare.Read);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // There is none, or it is held.
            return false;
        }
    }

    /// <summary>Gives it back; an experiment that wrote no file leaves no folder behind.</summary>
    public void Dispose()
    {
        _file.Dispose();
        try
        {
            if (Directory.Exists(_folder) && !Directory.EnumerateFileSystemEntries(_folder).Any())
                Directory.Delete(_folder);
        }
        catch (IOException)
        {
            // Somebody else deletes it, or has just written into it.
        }
    }

    private static string PathIn(string experimentFolder) => Path.Combine(experimentFolder, FileName);
}
