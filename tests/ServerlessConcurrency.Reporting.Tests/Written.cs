using System.Text;
using System.Text.RegularExpressions;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Exporting;

namespace ServerlessConcurrency.Reporting.Tests;

/// <summary>What exporters write, as text.</summary>
internal static partial class Written
{
    public static async Task<string> ByAsync<T>(IDocumentExporter<T> exporter, T document)
    {
        using var output = new MemoryStream();
        await exporter.WriteAsync(document, output);
        return WithoutScript(Text(output));
    }

    /// <summary>A page without what follows its content: the data of its script, and the script.</summary>
    private static string WithoutScript(string text) => text.IndexOf("</main>\n<script", StringComparison.Ordinal) is >= 0 and int end
        ? text[..(end + "</main>\n".Length)] + text[text.LastIndexOf("</body>", StringComparison.Ordinal)..]
        : text;

    /// <summary>Whether a page leads elsewhere or loads something, but for places in it, the files beside it and Perfetto.</summary>
    public static bool NeedsOthers(string html)
    {
        foreach (string known in (string[])["href=\"#", "href=\"experiment.json\"", "href=\"timings.csv\"", "href=\"trace.json\"", "href=\"report.md\"", "href=\"https://ui.perfetto.dev\""])
            html = html.Replace(known, "", StringComparison.Ordinal);
        return OutsideReference().IsMatch(html);
    }

    [GeneratedRegex("""(src|href|action)\s*=|url\(|@import|https?://""", RegexOptions.IgnoreCase)]
    private static partial Regex OutsideReference();

    public static async Task<string> ByAsync(ITimingExporter exporter, string experimentId, IEnumerable<RunTimings> runs)
    {
        using var output = new MemoryStream();
        await using (ITimingWriter writer = exporter.Begin(experimentId, output))
            foreach (RunTimings run in runs)
                await writer.WriteAsync(run);
        return Text(output);
    }

    public static string Text(MemoryStream output) => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(output.ToArray());
}
