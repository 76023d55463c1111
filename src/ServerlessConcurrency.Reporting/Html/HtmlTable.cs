namespace ServerlessConcurrency.Reporting.Html;

/// <summary>The frame of every table: it scrolls sideways where the page is too narrow.</summary>
internal static class HtmlTable
{
    /// <param name="label">What it is, for those who cannot see it.</param>
    /// <param name="writeHead">Writes the cells of its head.</param>
    public static void Write(HtmlWriter html, string label, string caption, Action writeHead, Action writeRows, string style = "")
    {
        html.Write(
            $"""
            <div class="scroll {style}" role="region" tabindex="0" aria-label="{label}">
            <table>
            <caption>{caption}</caption>
            <thead><tr>
            """);
        writeHead();
        html.WriteLine(
            $"""
            </tr></thead>
            <tbody>
            """);
        writeRows();
        html.WriteLine(
            $"""
            </tbody>
            </table>
            </div>
            """);
    }
}
