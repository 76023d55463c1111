using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Reporting.Html;

/// <summary>What a reader should know, warnings first.</summary>
internal static class FindingsSection
{
    public static void Write(HtmlWriter html, IReadOnlyList<Finding> findings) =>
        Write(html, [.. findings.OrderByDescending(finding => finding.Severity).Select(finding => (finding.Severity, finding.Code, finding.Message))]);

    public static void Write(HtmlWriter html, IReadOnlyList<(FindingSeverity Severity, string Code, string Text)> findings)
    {
        html.WriteLine(
            $"""
            <section>
            <h2>Findings</h2>
            """);
        if (findings.Count == 0)
            html.WriteLine($"<p>None.</p>");
        else
            html.WriteLine($"""<ul class="findings">""");
        foreach ((FindingSeverity severity, string code, string text) in findings)
        {
            bool isWarning = severity == FindingSeverity.Warning;
            html.WriteLine($"""<li class="{(isWarning ? "warning" : "info")}"><b>{(isWarning ? "Warning" : "Note")}</b> <span>{text}</span> <code>{code}</code></li>""");
        }

        if (findings.Count > 0)
            html.WriteLine($"</ul>");
        html.WriteLine($"</section>");
    }
}
