using System.CommandLine;

namespace ServerlessConcurrency.Invocation;

/// <summary>A file that a command writes beside what it prints.</summary>
internal static class OutputFile
{
    /// <summary>An option that names one. What cannot be written is refused before anything is measured.</summary>
    public static Option<string?> Option(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "FILE" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token, ..] && MistakeIn(token.Value) is { } mistake)
                result.AddError($"{name}: {mistake}");
        });
        return option;
    }

    private static string? MistakeIn(string path) =>
        path.Length == 0 ? "is empty; expected the path of a file"
        : Directory.Exists(path) ? $"'{path}' is a folder; expected the path of a file"
        : !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))) ? $"'{path}' is in a folder that does not exist"
        : null;
}
