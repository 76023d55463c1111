using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Cli;

/// <summary>A file that the user names.</summary>
internal static class InputFile
{
    /// <summary>Reads it; one that is too large is not read.</summary>
    /// <exception cref="BadInputException">It is too large, or cannot be read.</exception>
    public static byte[] Read(string path, int maxBytes, Func<long, SpecError> tooLarge)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > maxBytes)
                throw new BadInputException(path, [tooLarge(file.Length)]);
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            string reason = exception is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : exception.Message;
            throw new BadInputException(path, [new SpecError("", reason)]);
        }
    }
}
