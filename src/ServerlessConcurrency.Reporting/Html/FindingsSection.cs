using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Reporting.Html;

/// <summary>What a reader should know, warnings first.</summary>
internal static class FindingsSection
{
    public static void Write(HtmlWriter html, IReadOnlyList<Finding> findings)
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
        foreach (Finding finding in findings.OrderByDescending(finding => finding.Severity))
        {
            bool isWarning = finding.Severity == FindingSeverity.Warning;
            html.WriteLine($"""<li class="{(isWarning ? "warning" : "info")}"><b>{(isWarning ? "Warning" : "Note")}</b> <span>{finding.Message}</span> <code>{finding.Code}</code></li>""");
        }

        if (findings.Count > 0)
            html.WriteLine($"</ul>");
        html.WriteLine($"</section>");
    }
}
