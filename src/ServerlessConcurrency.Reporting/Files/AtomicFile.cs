namespace ServerlessConcurrency.Reporting.Files;

/// <summary>Replaces a file in one step: whoever reads it meanwhile never gets half of it, and a full disk leaves the old one.</summary>
public static class AtomicFile
{
    public static async Task ReplaceAsync(string path, Func<Stream, Task> write)
    {
        string unfinished = path + ".new";
        try
        {
            await using (FileStream file = File.Create(unfinished))
                await write(file).ConfigureAwait(false);
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            if (File.Exists(unfinished))
                File.Delete(unfinished);
            throw;
        }
    }
}
