namespace ServerlessConcurrency.Reporting.Files;

/// <summary>Replaces a file in one step: whoever reads it meanwhile never gets half of it, and a full disk leaves the old one.</summary>
public static class AtomicFile
{
    private const string Unfinished = ".new";

    public static async Task ReplaceAsync(string path, Func<Stream, Task> write)
    {
        string unfinished = path + Unfinished;
        try
        {
            await FileLimit.WriteAsync(async () =>
            {
                await using FileStream file = File.Create(unfinished);
                await write(file).ConfigureAwait(false);
            }).ConfigureAwait(false);
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            if (File.Exists(unfinished))
                File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>Takes room on the disk that the next <see cref="ReplaceAsync"/> of the file has, though the disk may be full by then; none where it cannot.</summary>
    public static async Task ReserveAsync(string path, int bytes)
    {
        string unfinished = path + Unfinished;
        try
        {
            // A length alone would take no room.
            await FileLimit.WriteAsync(() => File.WriteAllBytesAsync(unfinished, new byte[bytes])).ConfigureAwait(false);
        }
        catch (IOException)
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Removes what killed programs were writing into folders, if it can be.</summary>
    /// <param name="writtenBefore">In universal time: what was written into since may be under way.</param>
    public static void Sweep(IEnumerable<string> folders, DateTime writtenBefore)
    {
        try
        {
            foreach (string path in folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*" + Unfinished)))
                if (File.GetLastWriteTimeUtc(path) < writtenBefore)
                    File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // They stay.
        }
    }
}
