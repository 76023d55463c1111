using System.Text.Json;
using System.Xml.Linq;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.HtmlReport;
using ServerlessConcurrency.Reporting.MarkdownReport;

namespace ServerlessConcurrency.Reporting.Tests;

public sealed class VersionsReportTests
{
    // As it comes back from a file.
    private static readonly ExperimentDocument Stored = JsonSerializer.Deserialize<ExperimentDocument>(
        JsonSerializer.Serialize(SampleVersions.Create(), ExperimentJson.Compact), ExperimentJson.Compact)!;

    [Fact]
    public void The_comparison_and_its_limit_are_part_of_the_document_and_drawn_again_from_it()
    {
        Assert.Equal(SampleVersions.FailAbove, Stored.Versions!.FailAbove);
        Assert.Equal(Stored.Spec.Models, Stored.Versions.Runs.Select(runs => runs.Model));
        Assert.All(Stored.Versions.Runs, runs => Assert.Equal(
            runs.Model == "threads" ? (1.2, Verdict.Slower, true) : (1, Verdict.NoDifference, false),
            (Math.Round(runs.Ratio!.Value, 9), runs.Verdict!.Value, runs.IsRegression)));
        Assert.Equal(Stored.Versions.Runs, ExperimentConclusion.Draw(Stored).Versions!.Runs);
    }

    [Fact]
    public void An_experiment_of_one_version_has_no_such_section() =>
        Assert.DoesNotContain("\"versions\"", JsonSerializer.Serialize(SampleExperiment.Create().Document, ExperimentJson.Compact), StringComparison.Ordinal);

    [Fact]
    public async Task Both_reports_have_a_row_for_each_model_and_say_what_the_limit_makes_of_it()
    {
        string html = await Written.ByAsync(new HtmlReportExporter(), Stored);
        string markdown = await Written.ByAsync(new MarkdownReportExporter(), Stored);

        foreach (string report in new[] { html, markdown })
        {
            Assert.Contains("ompared with the earlier version", report, StringComparison.Ordinal);
            Assert.Contains("1 of 8 became slower than 1.10 times, or failed.", report, StringComparison.Ordinal);
        }

        Assert.Contains(markdown.Split('\n'), line => line.StartsWith("| threads |", StringComparison.Ordinal) && line.EndsWith("**slower, regression** |", StringComparison.Ordinal));
        XElement section = XElement.Parse(html[html.IndexOf("<html", StringComparison.Ordinal)..]).Descendants("section")
            .Single(section => section.Element("h2")?.Value.StartsWith("Compared with", StringComparison.Ordinal) == true);
        Assert.Equal(Stored.Spec.Models, section.Descendants("tbody").Single().Elements("tr").Select(row => row.Element("td")!.Value));
        Assert.Contains("slower, regression", section.Descendants("tr").Single(row => row.Elements("td").FirstOrDefault()?.Value == "threads").Value, StringComparison.Ordinal);
        Assert.Equal(8, section.Descendants("svg").Count(chart => chart.Attribute("class")?.Value == "strip sided" && chart.Attribute("role") is not null));
    }
}
