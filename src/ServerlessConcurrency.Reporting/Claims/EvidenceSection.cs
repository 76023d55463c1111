using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Reporting.HtmlReport;

namespace ServerlessConcurrency.Reporting.Claims;

/// <summary>The evidence for one claim: side by side the verdicts and their criteria, then a chart for all that was measured.</summary>
internal static class EvidenceSection
{
    /// <summary>Writes the section.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="claim">The claim.</param>
    public static void Write(HtmlWriter html, ClaimResult claim)
    {
        html.Write($"<section class=\"card claim\">\n<h3>{claim.Id} <span class=\"of\">{claim.Statement}</span></h3>\n<div class=\"sides\">\n");
        foreach ((string side, ClaimEvidence evidence) in claim.Sides)
            WriteSide(html, side, evidence);
        html.Write($"</div>\n");
        ClaimCharts.Write(html, claim);
        html.Write($"</section>\n");
    }

    private static void WriteSide(HtmlWriter html, string side, ClaimEvidence evidence)
    {
        html.Write($"<div class=\"side\">\n<h4>{side} ");
        VerdictSection.WriteBadge(html, evidence);
        html.Write($"</h4>\n");
        if (ClaimText.Measurement(evidence) is { Length: > 0 } measurement)
            html.Write($"<p class=\"of\">{measurement}</p>\n");
        if (evidence.Reason is not null)
            html.Write($"<p>{evidence.Reason}</p>\n");
        WriteCriteria(html, evidence);
        foreach (string remark in evidence.Remarks)
            html.Write($"<p class=\"remark\">{remark}</p>\n");
        html.Write($"</div>\n");
    }

    private static void WriteCriteria(HtmlWriter html, ClaimEvidence evidence)
    {
        if (evidence.Criteria.Count == 0)
            return;
        html.Write($"<ul class=\"criteria\">\n");
        foreach (ClaimCriterion criterion in evidence.Criteria)
            html.Write($"<li class=\"{StyleOf(criterion)}{(ReferenceEquals(criterion, evidence.Decisive) ? " decisive" : "")}\">{criterion.Statement}: <b>{ClaimText.Figure(criterion)}</b>, {ClaimText.Demand(criterion)}: <span class=\"outcome\">{ClaimText.Outcome(criterion.Outcome)}</span></li>\n");
        html.Write($"</ul>\n");
    }

    private static string StyleOf(ClaimCriterion criterion) => criterion.Outcome switch
    {
        ClaimVerdict.Holds => "holds",
        ClaimVerdict.DoesNotHold => "refuted",
        _ => "neutral",
    };
}
