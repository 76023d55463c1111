using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Experiments;
using ServerlessConcurrency.Core.Findings;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>The top of the report: what it is about, how far the experiment came, the recommendation and the findings.</summary>
internal static class SummarySection
{
    /// <summary>Writes the section.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="document">The experiment.</param>
    public static void Write(HtmlWriter html, ExperimentDocument document)
    {
        html.Write($"<header>\n<h1>{document.Spec.Name}</h1>\n<p class=\"meta\"><code>{document.Id}</code> · {Figures.Moment(document.StartedAt)}{Took(document)} · {Machine(document.Environment)} · engine {document.Environment.Engine}</p>\n");
        html.Write($"<p class=\"status {HtmlPage.StatusClass(document.Status)}\">{StatusText.Of(document)}");
        if (document.Error is not null)
            html.Write($" <span class=\"error\">{document.Error}</span>");
        html.Write($"</p>\n</header>\n");
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

    private static string Took(ExperimentDocument document) =>
        document.FinishedAt is null ? "" : $" · took {Figures.Duration(document)}";

    private static string Machine(EnvironmentInfo environment) =>
        (environment.Cpu.Length == 0 ? "" : $"{environment.Cpu}, ") + Figures.Processors(environment);
}
