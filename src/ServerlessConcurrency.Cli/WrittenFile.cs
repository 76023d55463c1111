using System.Text.Json;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Cli;

/// <summary>A JSON file that a command of this program wrote, and that a user may have changed since.</summary>
internal static class WrittenFile
{
    /// <summary>Reads it.</summary>
    /// <param name="what">What it is to be, e.g. <c>an experiment</c>.</param>
    /// <exception cref="BadInputException">It cannot be read, or is something else.</exception>
    public static T Read<T>(string path, string what, string command)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return JsonSerializer.Deserialize<T>(file, ExperimentJson.Strict) ?? throw Bad(path, $"is null; expected {what}");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw Bad(path, $"is not {what} as {command} writes it: {exception.Message}");
        }
    }

    private static BadInputException Bad(string path, string message) => new(path, [new SpecError("", message)]);
}
