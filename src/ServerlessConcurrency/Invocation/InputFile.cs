using System.Text.Json;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Invocation;

/// <summary>A file that the user names, or may have changed.</summary>
internal static class InputFile
{
    /// <summary>Reads it; one that is too large is not read.</summary>
    /// <exception cref="BadInputException">It is too large, or cannot be read.</exception>
    public static byte[] Read(string path, int maxBytes, Func<long?, SpecError> tooLarge)
    {
        try
        {
            if (Directory.Exists(path))
                throw Bad(path, "is a folder; expected a file");
            using FileStream file = File.OpenRead(path);
            // Not by its length, which pipes and devices do not tell.
            byte[] content = new byte[maxBytes + 1];
            int read = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            if (read > maxBytes)
                throw new BadInputException(path, [tooLarge(file.CanSeek && file.Length > maxBytes ? file.Length : null)]);
            if (content is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
                throw Bad(path, "is UTF-16; expected UTF-8");
            return content[..read];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Bad(path, IsMissing(exception) ? "there is no such file" : exception.Message);
        }
    }

    /// <summary>Reads JSON that a command of this program wrote.</summary>
    /// <param name="what">What it is to be, e.g. <c>an experiment</c>.</param>
    /// <exception cref="BadInputException">It cannot be read, or is something else.</exception>
    public static T ReadWritten<T>(string path, string what, string command)
    {
        try
        {
            if (Directory.Exists(path))
                throw Bad(path, "is a folder; expected a file");
            using FileStream file = File.OpenRead(path);
            return JsonSerializer.Deserialize<T>(file, ExperimentJson.Compact) ?? throw Bad(path, $"is null; expected {what}");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw Bad(path, IsMissing(exception) ? "there is no such file" : $"is not {what} as {command} writes it: {Described(exception)}");
        }
    }

    // Of a list the reader knows the place behind what it has read.
    private static string Described(Exception exception) =>
        exception is JsonException { Path: { } path } && !exception.Message.Contains(path, StringComparison.Ordinal) && path.LastIndexOf('[') is > 0 and int end
            ? $"{path[..end]}: {exception.Message}"
            : exception.Message;

    private static bool IsMissing(Exception exception) => exception is FileNotFoundException or DirectoryNotFoundException;

    private static BadInputException Bad(string path, string message) => new(path, [new SpecError("", message)]);
}
