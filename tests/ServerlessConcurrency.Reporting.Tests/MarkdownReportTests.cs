using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Wording;
using ServerlessConcurrency.Reporting.MarkdownReport;

namespace ServerlessConcurrency.Reporting.Tests;

public sealed class MarkdownReportTests
{
    private static readonly MarkdownReportExporter Exporter = new();

    [Fact]
    public async Task There_is_a_table_for_each_workload_with_a_row_for_each_model()
    {
        ExperimentDocument document = SampleExperiment.Create().Document;

        string markdown = await Written.ByAsync(Exporter, document);

        Assert.All(document.Spec.Workloads, workload => Assert.Contains($"**{workload.Kind}**, size ", markdown, StringComparison.Ordinal));
        Assert.All(document.Spec.Models, model => Assert.Equal(2, TableRows(markdown).Count(row => row[0].Trim(' ', '*', '★') == model)));
        Assert.Contains("| sequential | 1 |", markdown, StringComparison.Ordinal);
        Assert.Contains("| baseline |", markdown, StringComparison.Ordinal);
        Assert.Contains("; configuration: Release; version: 0.1.0; commit: 2296734; garbage collection: ", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answers_come_before_the_tables_and_the_warnings_after_them()
    {
        ExperimentDocument document = SampleExperiment.Create().Document;
        document = document with { Findings = [new Finding("code", FindingSeverity.Warning, "mind the gap"), new Finding("code", FindingSeverity.Info, "by the way")] };

        string markdown = await Written.ByAsync(Exporter, document);

        int table = markdown.IndexOf("| model |", StringComparison.Ordinal);
        Assert.All(document.Recommendation, answer => Assert.InRange(
            markdown.IndexOf($"- {answer.Workload} {answer.Size}: ", StringComparison.Ordinal), 1, table));
        Assert.True(markdown.IndexOf("- Warning: mind the gap", StringComparison.Ordinal) > table);
        Assert.DoesNotContain("by the way", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_in_flight_is_a_column_where_it_is_not_the_degree()
    {
        string markdown = await Written.ByAsync(Exporter, SampleExperiment.Create().Document);

        Assert.Single(markdown.Split('\n'), "| model | degree | median ms (95 % CI) | speed-up (95 % CI) | efficiency | CPU ms | verdict |");
        Assert.Single(markdown.Split('\n'), "| model | degree | in flight | median ms (95 % CI) | speed-up (95 % CI) | efficiency | CPU ms | verdict |");
        Assert.All(TableRows(markdown[..markdown.IndexOf("**delay**", StringComparison.Ordinal)]), row => Assert.Equal(7, row.Length));
        Assert.Contains("| event-loop | 1 | 32 |", markdown, StringComparison.Ordinal);
        Assert.Contains("| processes | 2 | 2 |", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_text_neither_breaks_the_table_nor_becomes_markup()
    {
        ExperimentDocument document = SampleExperiment.Create(rounds: 1).Document;
        document = SampleExperiment.Analysed(document with
        {
            Spec = document.Spec with { Name = HostileText.Value },
            Runs = [.. document.Runs.Select(run => run with { InFlight = run.Degree })
                .Select(run => run.Model == "queue" ? run with { Failed = 1, Error = HostileText.Value } : run)],
        });

        string markdown = await Written.ByAsync(
            Exporter, document with { Findings = [new Finding("code", FindingSeverity.Warning, HostileText.Value + "\u202egnp.exe\u2028")] });

        Assert.DoesNotContain("<script", markdown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("[a](", markdown, StringComparison.Ordinal);
        Assert.All(markdown.Split('\n'), line => Assert.True(VisibleText.IsVisible(line), line));
        Assert.All(TableRows(markdown), row => Assert.Equal(7, row.Length));
    }

    private static IEnumerable<string[]> TableRows(string markdown) => markdown
        .Split('\n')
        .Where(line => line.StartsWith('|'))
        .Select(line => line.Replace("\\|", "", StringComparison.Ordinal)[1..^1].Split('|'));
}
