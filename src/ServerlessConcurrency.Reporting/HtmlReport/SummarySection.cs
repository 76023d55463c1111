using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Reporting.Html;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>The top of the report: the header and the answer for each workload.</summary>
internal static class SummarySection
{
    public static void Write(HtmlWriter html, ExperimentDocument document)
    {
        HeaderSection.Write(html, document);
        WriteRecommendations(
            html,
            [.. ResultTable.Of(document).Select(table => table.Recommendation).OfType<Recommendation>()],
            none: !document.Status.HasEnded() ? "None yet."
                : document.Runs.Any(run => run.IsValid) ? "None: no model that may be recommended has a valid run."
                : "None: no run is valid.");
    }

    private static void WriteRecommendations(HtmlWriter html, IReadOnlyList<Recommendation> recommendations, string none)
    {
        html.WriteLine(
            $"""
            <section>
            <h2 id="answer">Recommendation</h2>
            """);
        if (recommendations.Count == 0)
            html.WriteLine($"<p>{none}</p>");
        else
            html.WriteLine($"""<ul class="recommendations">""");
        foreach (Recommendation recommendation in recommendations)
            html.WriteLine($"""<li><span class="of">{recommendation.Workload}, size {Figures.Count(recommendation.Size)}</span><b>{RecommendationText.Answer(recommendation)}</b><span>{RecommendationText.Explanation(recommendation)}</span></li>""");
        if (recommendations.Count > 0)
            html.WriteLine($"</ul>");
        html.WriteLine($"</section>");
    }
}
