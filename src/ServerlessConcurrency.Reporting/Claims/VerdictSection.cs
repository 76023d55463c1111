using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Reporting.Html;

namespace ServerlessConcurrency.Reporting.Claims;

/// <summary>The verdicts: how many of each, and a table with a row per claim.</summary>
internal static class VerdictSection
{
    public static void Write(HtmlWriter html, ClaimsDocument document)
    {
        html.WriteLine(
            $"""
            <section>
            <h2 id="verdicts">Verdicts</h2>
            """);
        if (document.Claims.Count == 0)
            html.WriteLine($"<p>None: no claim was measured.</p>");
        else
            WriteTable(html, document.Claims);
        if (ClaimText.NotMeasured(document) is { } missing)
            html.WriteLine($"<p>{missing}</p>");
        html.WriteLine($"</section>");
    }

    private static void WriteTable(HtmlWriter html, IReadOnlyList<ClaimResult> claims)
    {
        html.WriteLine($"<p>{ClaimText.Tally(claims)}</p>");
        foreach (string line in ClaimText.Legend(claims))
            html.WriteLine($"""<p class="of">{line}</p>""");
        HtmlTable.Write(
            html,
            "Verdicts",
            "Verdicts by claim",
            () => html.Write($"""<th scope="col">Claim</th><th scope="col">Statement</th><th scope="col">.NET</th><th scope="col">CPython</th>"""),
            () =>
            {
                foreach (ClaimResult claim in claims)
                    WriteRow(html, claim);
            },
            "card claims");
    }

    private static void WriteRow(HtmlWriter html, ClaimResult claim)
    {
        html.Write($"""<tr><th scope="row">{claim.Id}</th><td>{claim.Statement}</td><td>""");
        WriteVerdict(html, claim.DotNet);
        if (claim.Emulated is { } emulated)
        {
            html.Write($"""<div class="emulated"><span class="of">{GilThreadsModel.ModelId}</span> """);
            WriteVerdict(html, emulated);
            html.Write($"</div>");
        }

        html.Write($"</td><td>");
        WriteVerdict(html, claim.CPython);
        html.WriteLine($"</td></tr>");
    }

    private static void WriteVerdict(HtmlWriter html, ClaimEvidence evidence)
    {
        WriteBadge(html, evidence);
        html.Write($"<div>{ClaimText.Decisive(evidence)}</div>");
    }

    public static void WriteBadge(HtmlWriter html, ClaimEvidence evidence) =>
        html.Write($"""<span class="verdict {StyleOf(evidence)}">{ClaimText.Verdict(evidence)}</span>""");

    private static string StyleOf(ClaimEvidence evidence) => evidence switch
    {
        { Failed: true } => "broken",
        { Verdict: ClaimVerdict.Holds } => "holds",
        { Verdict: ClaimVerdict.DoesNotHold } => "refuted",
        _ => "neutral",
    };
}
