using System.Text;

namespace ServerlessConcurrency.Reporting.Html;

/// <summary>The frame of every report: one file with its style sheet, which may load nothing and run no script.</summary>
internal static class HtmlPage
{
    private static readonly string StyleSheet = ReadStyleSheet();

    /// <summary>Builds a page and saves it in UTF-8.</summary>
    /// <param name="output">Where to; is left open.</param>
    public static async Task SaveAsync(string title, Action<HtmlWriter> content, Stream output, CancellationToken cancellationToken)
    {
        var markup = new StringBuilder();
        Write(new HtmlWriter(markup), title, content);
        var writer = new StreamWriter(output, leaveOpen: true);
        await using (writer.ConfigureAwait(false))
        {
            await writer.WriteAsync(markup, cancellationToken).ConfigureAwait(false);
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Write(HtmlWriter html, string title, Action<HtmlWriter> content)
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
        html.WriteLine(
            $"""
            </style>
            </head>
            <body>
            <main>
            """);
        content(html);
        html.WriteLine(
            $"""
            </main>
            </body>
            </html>
            """);
    }

    private static string ReadStyleSheet()
    {
        using Stream resource = typeof(HtmlPage).Assembly.GetManifestResourceStream("report.css")
            ?? throw new InvalidOperationException("The style sheet report.css is not part of the assembly.");
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}
