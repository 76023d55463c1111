using System.CommandLine;
using ServerlessConcurrency.Reporting.Exporting;

namespace ServerlessConcurrency.Invocation;

/// <summary><c>--summary FILE</c>: what was found, appended to a file as Markdown.</summary>
internal static class SummaryOption
{
    private static readonly Option<string?> Summary = OutputFile.Option(
        "--summary", "Append the answers, tables and warnings to a file as Markdown, in GitHub Actions \"$GITHUB_STEP_SUMMARY\"");

    public static void AddTo(Command command) => command.Options.Add(Summary);

    public static string? Read(ParseResult parsed) => parsed.GetValue(Summary);

    public static async Task AppendAsync<T>(CliContext context, IDocumentExporter<T> exporter, T document)
    {
        if (context.Summary is not { } path)
            return;
        await using FileStream file = File.Open(path, FileMode.Append);
        // What others wrote may lack the end of its last line.
        if (file.CanSeek && file.Position > 0)
            file.Write("\n"u8);
        await exporter.WriteAsync(document, file);
    }

    /// <returns>Why it could not be written; null where it was.</returns>
    public static async Task<Exception?> TryAppendAsync<T>(CliContext context, IDocumentExporter<T> exporter, T document)
    {
        try
        {
            await AppendAsync(context, exporter, document);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception;
        }
    }
}
