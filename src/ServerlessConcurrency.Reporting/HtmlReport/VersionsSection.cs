using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Comparisons;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Reporting.Claims;
using ServerlessConcurrency.Reporting.Comparisons;
using ServerlessConcurrency.Reporting.Html;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>Two versions of own code, compared: a chart of the ratios, and a table with a row for each workload, size and model.</summary>
internal static class VersionsSection
{
    private static readonly ClaimSide Ratio = new("time after / before", 1, 0);

    public static void Write(HtmlWriter html, ExperimentDocument document)
    {
        if (ExperimentComparison.OfVersions(document) is not { } comparison)
            return;
        html.WriteLine(
            $"""
            <section>
            <h2 id="versions">Compared with {comparison.Before}</h2>
            """);
        if (ComparisonText.Outcome(comparison) is { } outcome)
            html.WriteLine($"<p><b>{outcome}</b>{ComparisonText.Doubts(comparison)}</p>");
        SidedFigure[] figures = [.. comparison.Runs.Where(runs => runs.Ratio is not null).Select(FigureOf)];
        if (figures.Length > 0)
            IntervalChart.Of("How many times as long the new version takes", figures, comparison.FailAbove is { } limit ? [limit] : []).Write(html);
        HtmlTable.Write(
            html,
            "Two versions compared",
            "Both versions by workload and model",
            () => html.Write(
                $"""
                <th scope="col">Workload</th>
                <th scope="col">Model</th>
                <th scope="col" class="n">Before ms</th>
                <th scope="col" class="n">After ms</th>
                <th scope="col" class="n">After / before<small>95 % CI</small></th>
                <th scope="col" class="n">p<small>Holm</small></th>
                <th scope="col">Verdict</th>
                """),
            () =>
            {
                foreach (ComparedRuns runs in comparison.Runs)
                    WriteRow(html, runs);
            });
        foreach (string remark in comparison.Warnings.Concat(comparison.Notes))
            html.WriteLine($"""<p class="of">{remark}</p>""");
        html.WriteLine(
            $"""
            <p class="of">Each round measured both versions one after the other, either first as often as not. The ratio is the middle of those within rounds
            (Hodges and Lehmann), the p-value that of the signed-rank test, corrected by Holm’s method for all rows.</p>
            </section>
            """);
    }

    private static SidedFigure FigureOf(ComparedRuns runs) =>
        new(Ratio, new ClaimFigure("", $"{runs.Workload} {Figures.Count(runs.Size)}, {runs.Model}", "times", runs.Ratio!.Value, runs.RatioLow!.Value, runs.RatioHigh!.Value));

    private static void WriteRow(HtmlWriter html, ComparedRuns runs)
    {
        string style = runs.IsRegression || runs.Verdict == Verdict.Slower ? "slower" : runs.Verdict == Verdict.Faster ? "faster" : "neutral";
        html.Write(
            $"""
            <tr><th scope="row">{runs.Workload}<small>size {Figures.Count(runs.Size)}</small></th><td>{runs.Model}</td>
            <td class="n">{Figures.Milliseconds(runs.BeforeMs)}</td><td class="n">{Figures.Milliseconds(runs.AfterMs)}</td>
            <td class="n"><b>{Figures.Ratio(runs.Ratio)}</b>
            """);
        if (runs.Ratio is not null)
            html.Write($"<small>{Figures.Ratio(runs.RatioLow)} – {Figures.Ratio(runs.RatioHigh)}</small>");
        html.WriteLine(
            $"""
            </td>
            <td class="n">{Figures.PValue(runs.AdjustedPValue)}</td><td><span class="verdict {style}">{ComparisonText.VerdictOf(runs)}</span></td></tr>
            """);
    }
}
