using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>The top of the report: the header, the recommendation and the findings.</summary>
internal static class SummarySection
{
    /// <summary>Writes the section.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="document">The experiment.</param>
    public static void Write(HtmlWriter html, ExperimentDocument document)
    {
        HeaderSection.Write(html, document);
        WriteRecommendations(
            html,
            [.. ResultTable.Of(document).Select(table => table.Recommendation).OfType<Recommendation>()],
            none: document.Status.HasEnded() ? "None: no run is valid." : "None yet.");
        WriteFindings(html, document);
    }

    private static void WriteRecommendations(HtmlWriter html, IReadOnlyList<Recommendation> recommendations, string none)
    {
        html.Write($"<section>\n<h2>Recommendation</h2>\n");
        if (recommendations.Count == 0)
            html.Write($"<p>{none}</p>\n");
        else
            html.Write($"<ul class=\"recommendations\">\n");
        foreach (Recommendation recommendation in recommendations)
            html.Write($"<li><span class=\"of\">{recommendation.Workload}, size {Figures.Count(recommendation.Size)}</span><b>{recommendation.Model}</b><span>{recommendation.Reason}</span></li>\n");
        if (recommendations.Count > 0)
            html.Write($"</ul>\n");
        html.Write($"</section>\n");
    }

    private static void WriteFindings(HtmlWriter html, ExperimentDocument document)
    {
        html.Write($"<section>\n<h2>Findings</h2>\n");
        if (document.Findings.Count == 0)
            html.Write($"<p>None.</p>\n");
        else
            html.Write($"<ul class=\"findings\">\n");
        foreach (Finding finding in document.Findings.OrderByDescending(finding => finding.Severity))
        {
            bool isWarning = finding.Severity == FindingSeverity.Warning;
            html.Write($"<li class=\"{(isWarning ? "warning" : "info")}\"><b>{(isWarning ? "Warning" : "Note")}</b> <span>{finding.Message}</span> <code>{finding.Code}</code></li>\n");
        }

        if (document.Findings.Count > 0)
            html.Write($"</ul>\n");
        html.Write($"</section>\n");
    }
}
