using System.CommandLine;
using ServerlessConcurrency.Reporting.Files;

namespace ServerlessConcurrency.Invocation;

/// <summary>A file that a command writes beside what it prints.</summary>
internal static class OutputFile
{
    /// <summary>An option that names one. What cannot be written is refused before anything is measured.</summary>
    public static Option<string?> Option(string name, string description, params string[] aliases)
    {
        var option = new Option<string?>(name, aliases) { Description = description, HelpName = "FILE" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token, ..] && MistakeIn(token.Value) is { } mistake)
                result.AddError($"{name}: {mistake}");
        });
        return option;
    }

    /// <summary>Replaces it in one step, so that a failure leaves what was there; what is no file, as /dev/stdout, is written to.</summary>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        // A link is followed, be it to a file that is not there yet.
        if (new FileInfo(path) is { LinkTarget: null } file && (!file.Exists || file.Length > 0))
        {
            await AtomicFile.ReplaceAsync(path, write);
            return;
        }

        await using FileStream output = new(path, FileMode.Create, FileAccess.Write);
        await write(output);
    }

    private static string? MistakeIn(string path) =>
        path.Length == 0 ? "is empty; expected the path of a file"
        : Directory.Exists(path) ? $"'{path}' is a folder; expected the path of a file"
        : !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))) ? $"'{path}' is in a folder that does not exist"
        : null;
}
