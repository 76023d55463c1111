using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Reporting.Sweeps;

namespace ServerlessConcurrency.Reporting.Tests;

public sealed class SweepReportTests
{
    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(0.00002345, "0.0000235")]
    [InlineData(0.0002142, "0.000214")]
    [InlineData(0.34891, "0.3489")]
    [InlineData(double.PositiveInfinity, "infinite")]
    public void A_small_parameter_of_a_fit_keeps_three_digits(double estimate, string text) =>
        Assert.Equal(text, SweepText.Estimate(new FittedParameter(estimate, 0, 0)));

    [Fact]
    public async Task The_page_shows_every_value_model_and_break_even_point()
    {
        SweepDocument sweep = SampleSweep.OverSize();

        XElement page = await PageAsync(sweep);

        Assert.Equal(["10", "100", "1,000", "10,000"], Rows(page, "Times by value and model").Select(row => row.Element("th")!.Value));
        Assert.All(sweep.Results, entry => Assert.Contains(
            Results.Figures.Milliseconds(entry.MedianMs), page.Value, StringComparison.Ordinal));
        BreakEven threads = sweep.BreakEvens.Single(found => found.Model == "threads");
        Assert.Equal(BreakEvenOutcome.FasterFrom, threads.Outcome);
        Assert.Contains($"primes: threads is faster than sequential from size {threads.Value:#,##0} (95 % interval", page.Value, StringComparison.Ordinal);
        Assert.All(sweep.Experiments, experiment => Assert.Contains(experiment.Id, page.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wall_times_over_size_are_straight_where_they_grow_in_proportion()
    {
        XElement chart = Assert.Single((await PageAsync(SampleSweep.OverSize())).Descendants("svg"));

        Assert.Equal(3, chart.Descendants("polyline").Count());
        double[] sequential = [.. chart.Descendants("polyline").First().Attribute("points")!.Value.Split(' ')
            .Select(point => double.Parse(point.Split(',')[1], CultureInfo.InvariantCulture))];
        // Both axes are logarithmic: ten times the size is the same way up each time, but for the noise.
        Assert.InRange((sequential[0] - sequential[1]) / (sequential[2] - sequential[3]), 0.95, 1.05);
        Assert.Contains("sequential from ", chart.Attribute("aria-label")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_degree_the_fitted_curves_are_drawn_and_the_residuals_shown()
    {
        SweepDocument sweep = SampleSweep.OverDegree();

        XElement page = await PageAsync(sweep);

        Assert.Equal(2, page.Descendants("polyline").Count(line => line.Attribute("class")!.Value == "curve"));
        List<XElement> fits = Rows(page, "Fits by model");
        Assert.Contains("No fit: it ran at degree 1 whatever was asked for", fits[0].Value, StringComparison.Ordinal);
        Assert.Contains("%1: ", fits[1].Value, StringComparison.Ordinal);
        Assert.Contains(", 16: ", fits[1].Value, StringComparison.Ordinal);
        Assert.Contains("no measurement", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_cores_time_and_cost_stand_by_cores_and_model_with_the_instances_they_stand_in_for()
    {
        XElement page = await PageAsync(SampleSweep.OverCores());

        Assert.Equal(
            ["1stands in for Flex Consumption 2,048 MB", "2stands in for Flex Consumption 4,096 MB"],
            Rows(page, "Times by value and model").Select(row => row.Element("th")!.Value));
        Assert.Equal(["1.25", "1.25", "1.25"], Rows(page, "Cost by value and model")[0].Elements("td").Select(cell => cell.Value));
        Assert.Equal(["5.00", "5.00", "5.00"], Rows(page, "Cost by value and model")[1].Elements("td").Select(cell => cell.Value));
        Assert.Contains("Microsoft Learn", page.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "None: no two models swap places among the values measured.")]
    [InlineData(1, "None: no two models were measured at two values.")]
    public async Task Without_a_break_even_point_it_is_said_why(int values, string expected)
    {
        SweepDocument document = SampleSweep.OverCores();

        XElement page = await PageAsync(document with { BreakEvens = [], Results = [.. document.Results.Where(entry => entry.Value <= values)] });

        Assert.Contains(expected, page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_small_cost_is_not_shown_as_none()
    {
        SweepDocument document = SampleSweep.OverCores();
        document = document with
        {
            Results = [.. document.Results.Select(entry => entry with { CostPerMillionTasks = new Dictionary<string, double> { ["flex-2048"] = 0.00421 } })],
        };

        Assert.Equal("0.00421", Rows(await PageAsync(document), "Cost by value and model")[0].Element("td")!.Value);
        Assert.Contains("| 1 | 0.00421 |", await Written.ByAsync(new SweepMarkdownExporter(), document), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_is_titled_accessible_and_needs_nothing_from_outside()
    {
        string html = await Written.ByAsync(new SweepHtmlExporter(), SampleSweep.OverDegree());

        XElement page = Parse(html);
        Assert.StartsWith("a sweep", page.Descendants("title").First().Value, StringComparison.Ordinal);
        Assert.False(Written.NeedsOthers(html));
        Assert.All(page.Descendants("svg"), svg => Assert.True(svg.Attribute("aria-label")?.Value.Length > 0));
        Assert.All(page.Descendants("table"), table => Assert.All(
            table.Descendants("tr"), row => Assert.Contains(row.Elements("th"), header => header.Attribute("scope") is not null)));
    }

    [Fact]
    public async Task Hostile_text_is_encoded()
    {
        SweepDocument sweep = SampleSweep.Draw(SweepVariable.Size, [1, 2], (_, value) => value, HostileText.Value);
        string html = await Written.ByAsync(new SweepHtmlExporter(), sweep with
        {
            Spec = sweep.Spec with { Name = HostileText.Value },
            Status = ExperimentStatus.Failed,
            Error = HostileText.Value,
            Remarks = [HostileText.Value],
            Findings = [new SweepFinding(1, "invalid-runs", FindingSeverity.Warning, HostileText.Value)],
        });

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Parse(html).Descendants(), element => element.Name.LocalName is "script" or "img" or "iframe" or "link");
        Assert.False(Written.NeedsOthers(html.Replace("https://b.example", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_sweep_that_measured_nothing_has_a_report_all_the_same()
    {
        SweepDocument sweep = SweepConclusion.Draw(SampleSweep.OverSize() with { Status = ExperimentStatus.Cancelled }, []);

        XElement page = await PageAsync(sweep);

        Assert.Contains("Cancelled after 0 of 4 values of size", page.Value, StringComparison.Ordinal);
        Assert.Empty(page.Descendants("svg"));
        Assert.Contains("Cancelled after 0 of 4", await Written.ByAsync(new SweepMarkdownExporter(), sweep), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Markdown_has_the_table_and_the_sentences()
    {
        string[] lines = (await Written.ByAsync(new SweepMarkdownExporter(), SampleSweep.OverSize())).Split('\n');

        Assert.Contains("| size | sequential | threads | processes |", lines);
        Assert.Contains(lines, line => line.StartsWith("| 10,000 | ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("- primes: threads is faster than sequential from size", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Findings_of_the_experiments_are_shown_with_their_value_a_line_for_each_code()
    {
        SweepDocument sweep = SampleSweep.OverSize() with
        {
            Findings =
            [
                .. new long[] { 10, 100, 1_000, 10_000 }.Select(value => new SweepFinding(value, "outliers", FindingSeverity.Info, $"far off {value}")),
                new SweepFinding(1_000, "invalid-runs", FindingSeverity.Warning, "2 run(s) failed: disk full"),
            ],
        };

        XElement page = await PageAsync(sweep);
        string markdown = await Written.ByAsync(new SweepMarkdownExporter(), sweep);

        Assert.Equal(
            [
                "Warning At size 1,000: 2 run(s) failed: disk full invalid-runs",
                "Note At size 10: far off 10 outliersand 3 more of this kindAt size 100: far off 100At size 1,000: far off 1000At size 10,000: far off 10000",
            ],
            page.Descendants("ul").First(list => list.Attribute("class")?.Value == "findings").Elements("li").Select(item => item.Value));
        XElement status = page.Descendants("header").Single().Elements("p").Last();
        Assert.Equal("status unfinished", status.Attribute("class")?.Value);
        Assert.EndsWith("values of size, 1 of them with runs that are not valid.", status.Value.Trim(), StringComparison.Ordinal);
        Assert.Contains("- Warning: At size 1,000: 2 run", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("far off", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_is_the_document()
    {
        SweepDocument sweep = SampleSweep.OverDegree();

        string json = await Written.ByAsync(SweepFolder.Document, sweep);

        Assert.Equal(json.TrimEnd(), JsonSerializer.Serialize(sweep, ExperimentJson.Indented));
    }

    private static async Task<XElement> PageAsync(SweepDocument sweep) => Parse(await Written.ByAsync(new SweepHtmlExporter(), sweep));

    private static XElement Parse(string html) => XElement.Parse(html[html.IndexOf("<html", StringComparison.Ordinal)..], LoadOptions.PreserveWhitespace);

    private static List<XElement> Rows(XElement page, string caption) =>
        [.. page.Descendants("table").Single(table => table.Element("caption")!.Value.StartsWith(caption, StringComparison.Ordinal)).Element("tbody")!.Elements("tr")];
}
