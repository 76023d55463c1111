using System.Diagnostics;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Storage.Azurite;

/// <summary>
/// Lets one program at a time into a folder. The system takes the lock back when its program ends, however it ends; the file
/// stays.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    public static async Task<FolderLock> EnterAsync(string path, TimeSpan patience, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return new FolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException exception) when (IsHeld(exception))
            {
                if (Stopwatch.GetElapsedTime(began) > patience)
                {
                    throw new StorageUnavailableException(
                        $"another program has held {path} for {patience.TotalSeconds:0} s ({exception.Message}); " +
                        "end it, or use --connection none to run without storage", exception);
                }
            }

            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new StorageUnavailableException(
                    $"{path} cannot be written ({exception.Message}): Azurite keeps its data beside it; make the folder writable, or use --connection none to run without storage",
                    exception);
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _file.Dispose();

    // Anything else, such as a full disk or a read-only file system, does not pass by waiting. Windows: ERROR_SHARING_VIOLATION and
    // ERROR_LOCK_VIOLATION; elsewhere: EWOULDBLOCK of flock(2), 11 on Linux and 35 on macOS.
    private static bool IsHeld(IOException exception) => OperatingSystem.IsWindows()
        ? (exception.HResult & 0xFFFF) is 32 or 33
        : exception.HResult is 11 or 35;
}
