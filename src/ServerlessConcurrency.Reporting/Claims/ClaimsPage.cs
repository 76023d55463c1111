using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.Charts;
using ServerlessConcurrency.Reporting.Html;

namespace ServerlessConcurrency.Reporting.Claims;

/// <summary>The page about claims: the verdicts first, then the evidence for each.</summary>
internal static class ClaimsPage
{
    public static void Write(HtmlWriter html, ClaimsDocument document)
    {
        HeaderSection.Write(html, document);
        ToolbarSection.Write(html, []);
        VerdictSection.Write(html, document);
        if (document.Claims.Count > 0)
            html.WriteLine($"""<h2 id="evidence">Evidence</h2>""");
        foreach (ClaimResult claim in document.Claims)
            EvidenceSection.Write(html, claim);
        if (document.Findings.Count > 0)
            FindingsSection.Write(html, document.Findings);
        SetupSection.Write(html, document, SpecOf(document.Spec), RuntimesOf(document));
        ClaimsGuideSection.Write(html);
    }

    private static IEnumerable<(string Name, string Value)> SpecOf(ClaimsSpec spec) =>
    [
        ("Claims", string.Join(", ", spec.Only)),
        ("Measurement", spec.Quick ? "quick: as few rounds as a verdict needs" : "full"),
        ("Seed", $"{spec.Seed}"),
    ];

    private static IEnumerable<string> RuntimesOf(ClaimsDocument document) =>
        document.Claims.Select(claim => claim.CPython.Runtime).Where(runtime => runtime.Length > 0)
            .Prepend(document.Environment.Runtime).Distinct();
}
