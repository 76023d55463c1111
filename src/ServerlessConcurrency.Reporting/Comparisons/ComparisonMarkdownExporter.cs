using System.Text;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Comparisons;
using ServerlessConcurrency.Reporting.Exporting;
using ServerlessConcurrency.Reporting.Markdown;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Comparisons;

/// <summary>Two experiments compared in GitHub-flavoured Markdown: the outcome, a table for each workload, what makes it doubtful.</summary>
public sealed class ComparisonMarkdownExporter : IDocumentExporter<ExperimentComparison>
{
    public string FileName => "comparison.md";

    public string MediaType => "text/markdown; charset=utf-8";

    public async Task WriteAsync(ExperimentComparison document, Stream output, CancellationToken cancellationToken = default) =>
        await output.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', [.. Lines(document), ""])), cancellationToken).ConfigureAwait(false);

    internal static IEnumerable<string> Lines(ExperimentComparison comparison) =>
    [
        $"### {MarkdownText.Escape($"{comparison.After} compared with {comparison.Before}")}",
        .. ComparisonText.Outcome(comparison) is { } outcome ? ["", $"**{outcome}**{ComparisonText.Doubts(comparison)}"] : Array.Empty<string>(),
        .. comparison.Runs.GroupBy(runs => (runs.Workload, runs.Size)).SelectMany(Table),
        "",
        .. comparison.Warnings.Select(warning => $"- Warning: {MarkdownText.Escape(warning)}"),
        .. comparison.Notes.Select(note => $"- Note: {MarkdownText.Escape(note)}"),
        .. Only(comparison.Before, comparison.OnlyBefore),
        .. Only(comparison.After, comparison.OnlyAfter),
    ];

    private static IEnumerable<string> Table(IGrouping<(string Workload, long Size), ComparedRuns> workload) =>
    [
        "",
        $"**{MarkdownText.Escape(workload.Key.Workload)}**, size {Figures.Count(workload.Key.Size)}",
        "",
        "| model | before ms | after ms | after / before (95 % CI) | p (Holm) | verdict |",
        "|---|--:|--:|--:|--:|---|",
        .. workload.Select(Row),
    ];

    private static string Row(ComparedRuns runs)
    {
        string ratio = runs.Ratio is null ? Figures.None : $"{Figures.Ratio(runs.Ratio)} ({Figures.Ratio(runs.RatioLow)} – {Figures.Ratio(runs.RatioHigh)})";
        string verdict = ComparisonText.VerdictOf(runs);
        return $"| {MarkdownText.Escape(runs.Model)} | {Figures.Milliseconds(runs.BeforeMs)} | {Figures.Milliseconds(runs.AfterMs)} | {ratio} "
            + $"| {MarkdownText.Escape(Figures.PValue(runs.AdjustedPValue))} | {(runs.IsRegression ? $"**{verdict}**" : verdict)} |";
    }

    private static IEnumerable<string> Only(string id, IReadOnlyList<string> kinds) =>
        kinds.Count == 0 ? [] : [$"- Only in {MarkdownText.Escape(id)}: {MarkdownText.Escape(string.Join(", ", kinds))}"];
}
