using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Reporting.Markdown;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Claims;

/// <summary>What was found of claims, in Markdown: the table of verdicts, then criteria, remarks and figures of each claim.</summary>
internal static class ClaimsMarkdown
{
    public static void AddTo(List<string> lines, ClaimsDocument document)
    {
        if (document.Claims.Count > 0)
            AddTable(lines, document.Claims);
        if (ClaimText.NotMeasured(document) is { } missing)
            lines.AddRange(["", MarkdownText.Escape(missing)]);
        foreach (ClaimResult claim in document.Claims)
            AddEvidence(lines, claim);
    }

    private static void AddTable(List<string> lines, IReadOnlyList<ClaimResult> claims)
    {
        lines.AddRange(
        [
            "",
            MarkdownText.Escape(ClaimText.Tally(claims)),
            "",
            .. ClaimText.Legend(claims).Select(line => $"- {line}"),
            "",
            "| claim | statement | .NET: what decided (95 % CI) | CPython: what decided (95 % CI) |",
            "|---|---|---|---|",
        ]);
        lines.AddRange(claims.Select(claim =>
        {
            string dotNet = Cell(claim.DotNet) + (claim.Emulated is { } emulated ? $" Under {GilThreadsModel.ModelId} {Cell(emulated)}" : "");
            return $"| {MarkdownText.Escape(claim.Id)} | {MarkdownText.Escape(claim.Statement)} | {dotNet} | {Cell(claim.CPython)} |";
        }));
    }

    private static string Cell(ClaimEvidence evidence) =>
        $"**{ClaimText.Verdict(evidence)}**: {MarkdownText.Escape(ClaimText.Decisive(evidence))}";

    private static void AddEvidence(List<string> lines, ClaimResult claim)
    {
        lines.AddRange(["", $"**{MarkdownText.Escape(claim.Id)}**: {MarkdownText.Escape(claim.Statement)}", ""]);
        foreach ((string side, ClaimEvidence evidence) in claim.Sides)
        {
            lines.Add($"- {side}: {ClaimText.Verdict(evidence)}{(evidence.Reason is null ? "" : $": {MarkdownText.Escape(evidence.Reason)}")}");
            lines.AddRange(evidence.Criteria.Select(criterion => $"  - {MarkdownText.Escape(ClaimText.Of(criterion))}"));
            lines.AddRange(evidence.Remarks.Select(remark => $"  - {MarkdownText.Escape(remark)}"));
        }

        AddFigures(lines, claim);
    }

    private static void AddFigures(List<string> lines, ClaimResult claim)
    {
        List<string> rows =
        [
            .. from side in claim.Sides
               from figure in side.Evidence.Figures
               group (side.Side, figure) by figure.Chart into chart
               from one in chart
               select Row(one.Side, one.figure),
        ];
        if (rows.Count > 0)
            lines.AddRange(["", "| measured | of | side | figure (95 % CI) |", "|---|---|---|--:|", .. rows]);
    }

    private static string Row(string side, ClaimFigure figure)
    {
        string place = figure.X is null ? "" : $" at {Figures.Quantity(figure.X)}";
        return $"| {MarkdownText.Escape(figure.Chart)} | {MarkdownText.Escape(figure.Name)}{place} | {side} | {MarkdownText.Escape(ClaimText.Figure(figure))} |";
    }
}
