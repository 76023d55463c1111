using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Reporting.Html;

/// <summary>What a reader should know, warnings first, and of each kind one line with the others behind it.</summary>
internal static class FindingsSection
{
    public static void Write(HtmlWriter html, IReadOnlyList<Finding> findings) =>
        Write(html, [.. findings.Select(finding => (finding.Severity, finding.Code, finding.Message))]);

    public static void Write(HtmlWriter html, IReadOnlyList<(FindingSeverity Severity, string Code, string Text)> findings)
    {
        html.WriteLine(
            $"""
            <section>
            <h2 id="findings">Findings</h2>
            """);
        if (findings.Count == 0)
            html.WriteLine($"<p>None.</p>");
        else
            html.WriteLine($"""<ul class="findings">""");
        foreach (var kind in findings.GroupBy(finding => (finding.Severity, finding.Code)).OrderByDescending(kind => kind.Key.Severity))
            WriteKind(html, kind.Key.Severity, kind.Key.Code, [.. kind.Select(finding => finding.Text)]);
        if (findings.Count > 0)
            html.WriteLine($"</ul>");
        html.WriteLine($"</section>");
    }

    private static void WriteKind(HtmlWriter html, FindingSeverity severity, string code, string[] texts)
    {
        bool isWarning = severity == FindingSeverity.Warning;
        html.Write($"""<li class="{(isWarning ? "warning" : "info")}"><b>{(isWarning ? "Warning" : "Note")}</b> <span>{texts[0]}</span> <code>{code}</code>""");
        if (texts.Length > 1)
        {
            html.Write($"""<details><summary>and {texts.Length - 1} more of this kind</summary><ul>""");
            foreach (string text in texts[1..])
                html.Write($"<li>{text}</li>");
            html.Write($"</ul></details>");
        }

        html.WriteLine($"</li>");
    }
}
