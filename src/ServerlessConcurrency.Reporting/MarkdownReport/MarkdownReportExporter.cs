using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Comparisons;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Wording;
using ServerlessConcurrency.Reporting.Claims;
using ServerlessConcurrency.Reporting.Comparisons;
using ServerlessConcurrency.Reporting.Exporting;
using ServerlessConcurrency.Reporting.Markdown;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.MarkdownReport;

/// <summary>report.md: the answers, a short table of results and the warnings in GitHub-flavoured Markdown, to be pasted into a pull request.</summary>
public sealed class MarkdownReportExporter : IDocumentExporter<MeasurementDocument>
{
    public string FileName => "report.md";

    public string MediaType => "text/markdown; charset=utf-8";

    public Task WriteAsync(MeasurementDocument document, Stream output, CancellationToken cancellationToken = default) =>
        new MarkdownPage(document.Spec.Name, StatusText.Of(document), document.Error, document.Id, document.StartedAt, document.Environment)
            .SaveAsync(lines => AddContent(lines, document), output, cancellationToken);

    private static void AddContent(List<string> lines, MeasurementDocument document)
    {
        if (document is ExperimentDocument experiment)
        {
            AddList(lines, Answers(experiment));
            AddRuns(lines, experiment);
            if (ExperimentComparison.OfVersions(experiment) is { } versions)
                lines.AddRange(["", .. ComparisonMarkdownExporter.Lines(versions)]);
        }

        AddList(lines, document.Findings.Where(finding => finding.Severity == FindingSeverity.Warning).Select(finding => $"Warning: {finding.Message}"));
        if (document is ClaimsDocument claims)
            ClaimsMarkdown.AddTo(lines, claims);
    }

    private static void AddRuns(List<string> lines, ExperimentDocument document)
    {
        IReadOnlyList<ResultTable> tables = ResultTable.Of(document);
        foreach (ResultTable table in tables)
            AddTable(lines, table);
        CostTable.AddTo(lines, document, tables);
    }

    private static void AddTable(List<string> lines, ResultTable table)
    {
        lines.AddRange(
        [
            "",
            $"**{MarkdownText.Escape(table.Workload)}**, size {Figures.Count(table.Size)}, {Counted.Of(table.Tasks, "task")} a run{table.Nature}",
            "",
            $"| model | degree |{(table.ShowsInFlight ? " in flight |" : "")} median ms (95 % CI) | speed-up (95 % CI) | efficiency | CPU ms | verdict |",
            $"|---|--:|{(table.ShowsInFlight ? "--:|" : "")}--:|--:|--:|--:|---|",
        ]);
        lines.AddRange(table.Rows.Select(row => Line(row, table.ShowsInFlight, table.Recommendation?.Model == row.Model)));
        foreach (string hosts in HostsText.Of(table))
            lines.AddRange(["", MarkdownText.Escape(hosts)]);
    }

    private static string Line(ResultRow row, bool showsInFlight, bool isRecommended)
    {
        string model = MarkdownText.Escape(row.Model);
        if (isRecommended)
            model = $"**{model}** ★";
        string limits = Figures.Count(row.Degree) + (showsInFlight ? $" | {Figures.Count(row.InFlight)}" : "");
        if (row.Analysis is not { } analysis)
            return $"| {model} | {limits} | – | – | – | – | {NoFigures(row)} |";
        string failed = row.InvalidRuns > 0 ? $", {row.InvalidRuns} of {Counted.Of(row.Runs.Count, "run")} failed" : "";
        return $"| {model} | {limits} | {Figures.Milliseconds(analysis.MedianMs)} ({Figures.Milliseconds(analysis.CiLowMs)} – {Figures.Milliseconds(analysis.CiHighMs)}) | {Speedup(analysis)} | {Figures.Ratio(analysis.Efficiency)} | {Figures.Milliseconds(analysis.CpuMs)} | {Figures.Verdict(analysis.Verdict)}{failed} |";
    }

    private static string NoFigures(ResultRow row) => row.Runs.Count == 0
        ? "not measured"
        : $"no valid run: {MarkdownText.Escape(row.FirstError ?? "")}";

    private static string Speedup(ModelAnalysis analysis) => analysis switch
    {
        { Speedup: null } => Figures.None,
        { Verdict: Verdict.Baseline } => "1",
        _ => $"{Figures.Ratio(analysis.Speedup)} ({Figures.Ratio(analysis.SpeedupLow)} – {Figures.Ratio(analysis.SpeedupHigh)})",
    };

    private static IEnumerable<string> Answers(ExperimentDocument document) => document.Recommendation.Select(recommendation =>
        $"{recommendation.Workload} {recommendation.Size}: {RecommendationText.Answer(recommendation)}. {RecommendationText.Explanation(recommendation)}");

    private static void AddList(List<string> lines, IEnumerable<string> sentences)
    {
        string[] items = [.. sentences.Select(sentence => $"- {MarkdownText.Escape(sentence)}")];
        if (items.Length > 0)
            lines.AddRange(["", .. items]);
    }
}
