using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Reporting.HtmlReport;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Sweeps;

/// <summary>The top of a sweep's report: what it is about, how far it came, where models overtake each other, what its experiments found.</summary>
internal static class SweepSummarySection
{
    /// <summary>Writes the section.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="document">The sweep.</param>
    public static void Write(HtmlWriter html, SweepDocument document)
    {
        EnvironmentInfo environment = document.Environment;
        html.Write($"<header>\n<h1>{document.Spec.Name}</h1>\n<p class=\"meta\"><code>{document.Id}</code> · sweep over {SweepReader.NameOf(document.Over)} · {Figures.Moment(document.StartedAt)} · {environment.Cpu} {Figures.Processors(environment)} · engine {environment.Engine}</p>\n");
        html.Write($"<p class=\"status {HtmlPage.StatusClass(document.Status)}\">{SweepText.Status(document)}");
        if (document.Error is not null)
            html.Write($" <span class=\"error\">{document.Error}</span>");
        html.Write($"</p>\n</header>\n<section>\n<h2>Break-even points</h2>\n");
        if (document.BreakEvens.Count == 0)
            html.Write($"<p>None: no two models were measured at two values.</p>\n");
        else
            WriteSentences(html, document);
        html.Write($"</section>\n");
        WriteFindings(html, document);
        if (document.Remarks.Count == 0)
            return;
        html.Write($"<section>\n<h2>Remarks</h2>\n<ul class=\"findings\">\n");
        foreach (string remark in document.Remarks)
            html.Write($"<li class=\"info\">{remark}</li>\n");
        html.Write($"</ul>\n</section>\n");
    }

    private static void WriteFindings(HtmlWriter html, SweepDocument document)
    {
        if (document.Findings.Count == 0)
            return;
        html.Write($"<section>\n<h2>Findings</h2>\n<ul class=\"findings\">\n");
        foreach (SweepFindingText finding in SweepFindingText.Of(document))
        {
            bool isWarning = finding.Severity == FindingSeverity.Warning;
            html.Write($"<li class=\"{(isWarning ? "warning" : "info")}\"><b>{(isWarning ? "Warning" : "Note")}</b> <span>{finding.Text}</span> <code>{finding.Code}</code></li>\n");
        }

        html.Write($"</ul>\n</section>\n");
    }

    private static void WriteSentences(HtmlWriter html, SweepDocument document)
    {
        html.Write($"<ul class=\"sentences\">\n");
        foreach (BreakEven breakEven in SweepText.WorthTelling(document))
            html.Write($"<li class=\"{(breakEven.Outcome == BreakEvenOutcome.Undecided ? "undecided" : "decided")}\">{SweepText.Of(breakEven, document.Over)}.</li>\n");
        if (SweepText.Untold(document) is { } untold)
            html.Write($"<li class=\"undecided\">{untold}</li>\n");
        html.Write($"</ul>\n");
    }
}
