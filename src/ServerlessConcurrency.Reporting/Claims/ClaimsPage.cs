using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Reporting.HtmlReport;

namespace ServerlessConcurrency.Reporting.Claims;

/// <summary>The report of an experiment that measures claims: every verdict in a table, then the evidence for each.</summary>
internal static class ClaimsPage
{
    /// <summary>Writes what is in the page.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="document">The experiment.</param>
    public static void Write(HtmlWriter html, ExperimentDocument document)
    {
        IReadOnlyList<ClaimResult> claims = document.Claims ?? [];
        HeaderSection.Write(html, document);
        VerdictSection.Write(html, document.Spec, claims);
        if (claims.Count > 0)
            html.Write($"<h2>Evidence</h2>\n");
        foreach (ClaimResult claim in claims)
            EvidenceSection.Write(html, claim);
        SetupSection.Write(html, document);
        ClaimsGuideSection.Write(html);
    }
}
