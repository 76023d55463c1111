using System.CommandLine;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Experiments;

namespace ServerlessConcurrency.Cli.Specs;

/// <summary>Gets the spec that the user means: a file, or the built-in experiment, with the options in place of its fields.</summary>
internal static class SpecSource
{
    /// <summary>Reads it.</summary>
    /// <exception cref="BadInputException">It has mistakes; all of them are told.</exception>
    public static ExperimentSpec Read(string? path, ParseResult parsed, SpecRules rules)
    {
        string source = path ?? DefaultExperiment.Name;
        JsonObject? json = path is null
            ? SpecReader.ParseObject(DefaultExperiment.Utf8, out SpecError? error)
            : SpecReader.ParseObject(ReadFile(path), out error);
        if (json is null)
            throw new BadInputException(source, [error!]);
        SpecOptions.Apply(parsed, json);
        SpecResult result = SpecReader.Read(json, rules);
        return result.Spec ?? throw new BadInputException(source, result.Errors);
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > SpecReader.MaxBytes)
                throw new BadInputException(path, [SpecReader.TooLarge(file.Length)]);
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            string reason = exception is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : exception.Message;
            throw new BadInputException(path, [new SpecError("", reason)]);
        }
    }
}
