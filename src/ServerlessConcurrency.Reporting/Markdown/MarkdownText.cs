using System.Text;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Reporting.Markdown;

/// <summary>Text in GitHub-flavoured Markdown.</summary>
internal static class MarkdownText
{
    /// <summary>Makes a text stand for itself on one line, in a paragraph, a heading or a table's cell.</summary>
    /// <returns>The text without line breaks, control characters and others that are not seen, everything with a meaning in Markdown or HTML escaped.</returns>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (char c in VisibleText.Of(string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c))))
            escaped.Append(c switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '~' or '#' or '@' => $"\\{c}",
                _ => c.ToString(),
            });
        return escaped.ToString();
    }
}
