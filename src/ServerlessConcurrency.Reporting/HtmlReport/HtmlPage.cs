using System.Text;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>The frame of every report: one file with its style sheet, which may load nothing and run no script.</summary>
internal static class HtmlPage
{
    private static readonly string StyleSheet = ReadStyleSheet();

    /// <summary>The style of a line that tells how far something has come.</summary>
    public static string StatusClass(ExperimentStatus status) => status switch
    {
        ExperimentStatus.Completed => "good",
        ExperimentStatus.Failed => "bad",
        _ => "unfinished",
    };

    /// <summary>Writes a page.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="title">What the page is about.</param>
    /// <param name="content">Writes what is in it.</param>
    public static void Write(HtmlWriter html, string title, Action<HtmlWriter> content)
    {
        html.Write(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <title>{title} – ServerlessConcurrency</title>
            <style>

            """);
        html.WriteRaw(StyleSheet);
        html.Write($"</style>\n</head>\n<body>\n<main>\n");
        content(html);
        html.Write($"</main>\n</body>\n</html>\n");
    }

    /// <summary>Saves a page in UTF-8.</summary>
    /// <param name="markup">The page.</param>
    /// <param name="output">Where to; is left open.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it is written.</returns>
    public static async Task SaveAsync(StringBuilder markup, Stream output, CancellationToken cancellationToken)
    {
        var writer = new StreamWriter(output, leaveOpen: true);
        await using (writer.ConfigureAwait(false))
        {
            await writer.WriteAsync(markup, cancellationToken).ConfigureAwait(false);
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static string ReadStyleSheet()
    {
        using Stream resource = typeof(HtmlPage).Assembly.GetManifestResourceStream("report.css")
            ?? throw new InvalidOperationException("The style sheet report.css is not part of the assembly.");
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}
