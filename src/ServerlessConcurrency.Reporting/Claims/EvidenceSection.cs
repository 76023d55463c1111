using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Reporting.Html;

namespace ServerlessConcurrency.Reporting.Claims;

/// <summary>The evidence for one claim: side by side the verdicts and their criteria, then a chart for all that was measured.</summary>
internal static class EvidenceSection
{
    public static void Write(HtmlWriter html, ClaimResult claim)
    {
        html.WriteLine(
            $"""
            <section class="card claim">
            <h3>{claim.Id} <span class="of">{claim.Statement}</span></h3>
            <div class="sides">
            """);
        foreach ((string side, ClaimEvidence evidence) in claim.Sides)
            WriteSide(html, side, evidence);
        html.WriteLine($"</div>");
        ClaimCharts.Write(html, claim);
        html.WriteLine($"</section>");
    }

    private static void WriteSide(HtmlWriter html, string side, ClaimEvidence evidence)
    {
        html.Write(
            $"""
            <div class="side">
            <h4>{side} 
            """);
        VerdictSection.WriteBadge(html, evidence);
        html.WriteLine($"</h4>");
        if (ClaimText.Measurement(evidence) is { Length: > 0 } measurement)
            html.WriteLine($"""<p class="of">{measurement}</p>""");
        if (evidence.Reason is not null)
            html.WriteLine($"<p>{evidence.Reason}</p>");
        WriteCriteria(html, evidence);
        foreach (string remark in evidence.Remarks)
            html.WriteLine($"""<p class="remark">{remark}</p>""");
        html.WriteLine($"</div>");
    }

    private static void WriteCriteria(HtmlWriter html, ClaimEvidence evidence)
    {
        if (evidence.Criteria.Count == 0)
            return;
        html.WriteLine($"""<ul class="criteria">""");
        foreach (ClaimCriterion criterion in evidence.Criteria)
            html.WriteLine($"""<li class="{StyleOf(criterion)}{(ReferenceEquals(criterion, evidence.Decisive) ? " decisive" : "")}">{criterion.Statement}: <b>{ClaimText.Figure(criterion)}</b>, {ClaimText.Demand(criterion)}: <span class="outcome">{ClaimText.Outcome(criterion.Outcome)}</span></li>""");
        html.WriteLine($"</ul>");
    }

    private static string StyleOf(ClaimCriterion criterion) => criterion.Outcome switch
    {
        ClaimVerdict.Holds => "holds",
        ClaimVerdict.DoesNotHold => "refuted",
        _ => "neutral",
    };
}
