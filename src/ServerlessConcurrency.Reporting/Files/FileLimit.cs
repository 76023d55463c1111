namespace ServerlessConcurrency.Reporting.Files;

/// <summary>The limit of the system or the file system to how large a file may be.</summary>
internal static class FileLimit
{
    /// <summary>Writes; what .NET takes for an argument out of range there is a disk that has no room.</summary>
    /// <exception cref="IOException">A file may not become larger.</exception>
    public static async Task WriteAsync(Func<Task> write)
    {
        try
        {
            await write().ConfigureAwait(false);
        }
        catch (ArgumentOutOfRangeException exception) when (exception.ParamName == "value")
        {
            throw new IOException("a file may not become larger: a limit of the file system or of this program (ulimit -f) is reached", exception);
        }
    }
}
