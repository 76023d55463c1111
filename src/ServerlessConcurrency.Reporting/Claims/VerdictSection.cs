using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.HtmlReport;

namespace ServerlessConcurrency.Reporting.Claims;

/// <summary>The verdicts: how many of each, and a table with a row per claim.</summary>
internal static class VerdictSection
{
    /// <summary>Writes the section.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="spec">What was asked for.</param>
    /// <param name="claims">What was found.</param>
    public static void Write(HtmlWriter html, ExperimentSpec spec, IReadOnlyList<ClaimResult> claims)
    {
        html.Write($"<section>\n<h2>Verdicts</h2>\n");
        if (claims.Count == 0)
            html.Write($"<p>None: no claim was measured.</p>\n");
        else
            WriteTable(html, claims);
        if (ClaimText.NotMeasured(spec, claims) is { } missing)
            html.Write($"<p>{missing}</p>\n");
        html.Write($"</section>\n");
    }

    private static void WriteTable(HtmlWriter html, IReadOnlyList<ClaimResult> claims)
    {
        html.Write($"<p>{ClaimText.Tally(claims)}</p>\n");
        html.Write($"<div class=\"card scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Verdicts\">\n<table class=\"claims\">\n<caption>Verdicts by claim</caption>\n");
        html.Write($"<thead><tr><th scope=\"col\">Claim</th><th scope=\"col\">Statement</th><th scope=\"col\">.NET</th><th scope=\"col\">CPython</th></tr></thead>\n<tbody>\n");
        foreach (ClaimResult claim in claims)
            WriteRow(html, claim);
        html.Write($"</tbody>\n</table>\n</div>\n");
    }

    private static void WriteRow(HtmlWriter html, ClaimResult claim)
    {
        html.Write($"<tr><th scope=\"row\">{claim.Id}</th><td>{claim.Statement}</td><td>");
        WriteVerdict(html, claim.DotNet);
        if (claim.Emulated is { } emulated)
        {
            html.Write($"<div class=\"emulated\"><span class=\"of\">gil-threads</span> ");
            WriteVerdict(html, emulated);
            html.Write($"</div>");
        }

        html.Write($"</td><td>");
        WriteVerdict(html, claim.CPython);
        html.Write($"</td></tr>\n");
    }

    private static void WriteVerdict(HtmlWriter html, ClaimEvidence evidence)
    {
        WriteBadge(html, evidence);
        if (evidence.Decisive is { } criterion)
            html.Write($"<div><b>{ClaimText.Figure(criterion)}</b></div><small>{criterion.Statement}; {ClaimText.Demand(criterion)}</small>");
        if (evidence.Reason is not null)
            html.Write($"<small>{evidence.Reason}</small>");
    }

    /// <summary>Writes a verdict as a coloured word.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="evidence">The evidence that it follows from.</param>
    public static void WriteBadge(HtmlWriter html, ClaimEvidence evidence) =>
        html.Write($"<span class=\"verdict {StyleOf(evidence)}\">{ClaimText.Verdict(evidence)}</span>");

    private static string StyleOf(ClaimEvidence evidence) => evidence switch
    {
        { Failed: true } => "broken",
        { Verdict: ClaimVerdict.Holds } => "holds",
        { Verdict: ClaimVerdict.DoesNotHold } => "refuted",
        _ => "neutral",
    };
}
