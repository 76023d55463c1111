using System.Diagnostics;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Storage.Liveness;

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
            catch (IOException exception) when (HeldFile.IsReason(exception))
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
}
