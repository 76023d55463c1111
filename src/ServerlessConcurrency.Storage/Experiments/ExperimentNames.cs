using System.Text.RegularExpressions;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Storage.Experiments;

/// <summary>Names in an experiment's own place; guards against ids and file names that would lead out of it.</summary>
public static partial class ExperimentNames
{
    /// <summary>The file that holds its document.</summary>
    public const string DocumentFile = "experiment.json";

    public static void ThrowIfNoId(string experimentId)
    {
        if (!ExperimentId.IsValid(experimentId))
            throw new ArgumentException($"'{experimentId}' is not the id of an experiment", nameof(experimentId));
    }

    public static void ThrowIfNoFileName(string fileName)
    {
        if (!IsFileName(fileName))
        {
            throw new ArgumentException(
                $"'{fileName}' is not a file name: letters, digits, '.', '_' and '-', beginning with a letter or digit", nameof(fileName));
        }
    }

    /// <summary>Whether a text can be the name of a file, a blob, or a row.</summary>
    public static bool IsFileName(string text) => FileName().IsMatch(text);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\z")]
    private static partial Regex FileName();
}
