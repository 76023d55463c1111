namespace ServerlessConcurrency.Invocation;

/// <summary>The folder for result files, which is looked at before anything is measured.</summary>
internal static class OutFolder
{
    private const string Name = "--out";

    /// <summary>Why it can be no folder; null where it is one, or can become one.</summary>
    public static string? MistakeIn(string path)
    {
        for (string? folder = Path.GetFullPath(path); folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
        {
            // Which a link to nothing does, too.
            if (File.Exists(folder))
                return $"'{path}' is, or is below, a {(new FileInfo(folder).LinkTarget is null ? "file" : "link to no folder")}; expected a folder";
        }

        return null;
    }

    /// <exception cref="BadInputException">It can be no folder.</exception>
    public static void Check(string path)
    {
        if (MistakeIn(path) is { } mistake)
            throw BadInputException.OfOption(Name, mistake);
    }

    /// <summary>Creates it, and makes sure that files can be written there.</summary>
    /// <exception cref="BadInputException">It can be no folder, or its name is too long.</exception>
    /// <exception cref="IOException">It cannot be written to.</exception>
    public static void Prepare(string path)
    {
        Check(path);
        try
        {
            Directory.CreateDirectory(path);
            File.Create(Path.Combine(path, $".{Path.GetRandomFileName()}"), bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (PathTooLongException)
        {
            throw BadInputException.OfOption(Name, $"'{path}' is longer than a path may be");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{Name}: '{path}' cannot be written to; work in a folder you may write to, or name one: {exception.Message}", exception);
        }
    }
}
