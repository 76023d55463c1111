using System.Text.Json;
using System.Xml.Linq;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.HtmlReport;
using ServerlessConcurrency.Reporting.MarkdownReport;
using ServerlessConcurrency.Reporting.Recipes;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Tests;

public sealed class HtmlReportTests
{
    private static readonly HtmlReportExporter Exporter = new();

    [Fact]
    public async Task Every_workload_model_recommendation_and_finding_is_shown()
    {
        ExperimentDocument document = SampleExperiment.Create().Document with
        {
            Findings = [new Finding("some-code", FindingSeverity.Warning, "Something was seen.")],
        };

        XElement page = await PageAsync(document);

        Assert.Equal(document.Spec.Workloads.Select(workload => workload.Kind), Cards(page).Select(card => card.Element("h3")!.Nodes().OfType<XText>().First().Value.Trim()));
        Assert.All(Cards(page), card => Assert.Equal(document.Spec.Models.Order(), Rows(card).Select(ModelOf).Order()));
        Assert.All(document.Recommendation, recommendation => Assert.Contains(recommendation.Reason, page.Value, StringComparison.Ordinal));
        Assert.Contains("Something was seen.", page.Value, StringComparison.Ordinal);
        Assert.Contains("some-code", page.Value, StringComparison.Ordinal);
        Assert.All(document.Runs, run => Assert.Contains(run.RunId, page.Value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("async", "AtOnce = 32", "maxConcurrentRequests")]
    [InlineData("threads", "AtOnce = 4", "maxConcurrentRequests")]
    [InlineData("queue", "QueueTrigger", "batchSize")]
    [InlineData("durable-batch", "OrchestrationTrigger", "maxConcurrentActivityFunctions")]
    public void The_code_of_what_is_recommended_does_as_much_at_once_as_was_measured(string model, string code, string settings)
    {
        ExperimentDocument document = SampleExperiment.Create().Document;
        document = document with
        {
            Recommendation = [new("primes", 20_000, model, "")],
            Runs = [document.Runs[0] with { Workload = "primes", Size = 20_000, Model = model, Degree = 4, InFlight = model == "async" ? 32 : null }],
        };

        Recipe recipe = Assert.Single(Recipe.Of(document));

        Assert.Contains(code, recipe.Code, StringComparison.Ordinal);
        Assert.Contains(settings, recipe.HostJson, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(recipe.HostJson);
    }

    [Fact]
    public void Every_model_that_may_be_recommended_has_code() => Assert.All(
        KnownModels.All.Where(model => !model.IsDemonstration),
        model => Assert.Single(Recipe.Of(SampleExperiment.Create().Document with { Recommendation = [new("primes", 1, model.Id, "")] })));

    [Fact]
    public async Task A_row_shows_the_figures_of_the_analysis()
    {
        ExperimentDocument document = SampleExperiment.Create().Document;
        ModelAnalysis threads = document.Analysis.First(analysis => analysis is { Workload: "primes", Model: "threads" });
        document = document with
        {
            Analysis =
            [
                threads with
                {
                    MedianMs = 1234.4, CiLowMs = 987.65, CiHighMs = 2000, Speedup = 1.934, SpeedupLow = 1.5, SpeedupHigh = 12.34,
                    Efficiency = 0.967, CpuMs = 12.345, PValue = 0.0001, AdjustedPValue = 0.0004, Repeats = 25, Outliers = ["r0001-001"],
                    Verdict = Verdict.Faster,
                },
            ],
        };

        XElement row = Rows(Cards(await PageAsync(document))[0])[0];

        Assert.Equal(
            ["2", "6× 251 far off", "1,234987.6 – 2,000", "1.93× 1.50 – 12.3", "fasterp < 0.001", "0.97", "12.35"],
            new[] { 0, 1, 2, 3, 4, 5, 6 }.Select(column => row.Elements("td").ElementAt(column).Value));
    }

    [Theory]
    [InlineData(true, "★ recommended")]
    [InlineData(false, "★ for now")]
    public async Task A_working_choice_is_not_called_recommended(bool isDecided, string expected)
    {
        ExperimentDocument document = SampleExperiment.Create().Document;
        WorkloadSpec first = document.Spec.Workloads[0];
        document = document with { Recommendation = [new(first.Kind, first.Size, "threads", "") { IsDecided = isDecided }] };

        Assert.Contains(Rows(Cards(await PageAsync(document))[0]), row => row.Element("th")!.Value.Contains($"threads{expected}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, "None: no model that may be recommended has a valid run.")]
    [InlineData(1, "None: no run is valid.")]
    public async Task Without_a_recommendation_it_is_said_why(int failed, string expected)
    {
        ExperimentDocument document = SampleExperiment.Create().Document;

        XElement page = await PageAsync(document with { Recommendation = [], Runs = [document.Runs[0] with { Failed = failed }] });

        Assert.Contains(expected, page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_in_flight_is_a_column_where_it_is_not_the_degree()
    {
        XElement[] cards = [.. Cards(await PageAsync(SampleExperiment.Create().Document))];

        Assert.Equal([11, 12], cards.Select(card => card.Descendants("thead").Single().Descendants("th").Count()));
        Assert.All(cards, card => Assert.All(Rows(card), row => Assert.Equal(
            card.Descendants("thead").Single().Descendants("th").Count(), row.Elements().Count())));
        Assert.Equal("In flight", cards[1].Descendants("thead").Single().Descendants("th").ElementAt(2).Value);
        Assert.Equal(["1", "32"], Rows(cards[1]).Single(row => ModelOf(row) == "event-loop").Elements("td").Take(2).Select(cell => cell.Value));
    }

    [Fact]
    public async Task The_setup_says_as_what_code_it_was_measured_as_far_as_the_document_does()
    {
        ExperimentDocument document = SampleExperiment.Create(rounds: 1).Document;

        Dictionary<string, string> setup = Setup(await PageAsync(document));
        Dictionary<string, string> old = Setup(await PageAsync(document with { Environment = new EnvironmentInfo("", "", 2, "", "local") }));

        Assert.Equal(
            ["Release", "0.1.0", "2296734", "workstation, non-concurrent", "off", "DOTNET_JITMinOpts=1"],
            new[] { "Configuration", "Version", "Commit", "Garbage collection", "Tiered compilation", "Variables" }.Select(name => setup[name]));
        Assert.Equal(setup.Count - 6, old.Count);

        static Dictionary<string, string> Setup(XElement page) =>
            page.Descendants("section")
            .Single(section => section.Attribute("class")?.Value == "columns").Descendants("dt")
            .ToDictionary(name => name.Value, name => name.ElementsAfterSelf("dd").Single().Value);
    }

    [Fact]
    public async Task Hostile_text_is_encoded_everywhere()
    {
        ExperimentDocument document = SampleExperiment.Create(rounds: 2).Document;
        string[] kinds = ["threads", HostileText.Value];
        document = SampleExperiment.Analysed(document with
        {
            Id = HostileText.Value,
            Status = ExperimentStatus.Failed,
            Error = HostileText.Value,
            Spec = document.Spec with { Name = HostileText.Value, Models = kinds, Workloads = [new(HostileText.Value, 1, 1)] },
            Environment = new EnvironmentInfo(HostileText.Value, HostileText.Value, 2, HostileText.Value, HostileText.Value) { Variables = HostileText.Value },
            Runs = [.. document.Runs.Select((run, index) => run with
            {
                RunId = HostileText.Value, Workload = HostileText.Value, Size = 1, Model = kinds[index % 2], Failed = index % 4 / 3,
                Error = index % 4 == 3 ? HostileText.Value : null,
            })],
        });

        string html = await Written.ByAsync(Exporter, document with
        {
            Findings = [new Finding(HostileText.Value, FindingSeverity.Info, HostileText.Value)],
        });

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        XElement page = Parse(html);
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "img" or "iframe" or "link");
        Assert.False(Written.NeedsOthers(html.Replace("https://b.example", "", StringComparison.Ordinal)));
        Assert.Contains("<script>alert('x')</script>\"&amp;| [a](https://b.example) \uFFFD\n\uFFFD end", page.Element("body")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_is_titled_accessible_and_needs_nothing_from_outside()
    {
        string html = await Written.ByAsync(Exporter, SampleExperiment.Create().Document);

        XElement page = Parse(html);
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        Assert.Equal("en", page.Attribute("lang")!.Value);
        Assert.StartsWith("cpu-and-io", page.Descendants("title").First().Value, StringComparison.Ordinal);
        Assert.False(Written.NeedsOthers(html));
        Assert.All(page.Descendants("table"), table => Assert.All(
            table.Descendants("tr"), row => Assert.Contains(row.Elements("th"), header => header.Attribute("scope") is not null)));
        Assert.All(page.Descendants("svg"), svg => Assert.True(
            svg.Attribute("aria-hidden") is not null || svg.Attribute("aria-label")?.Value.Length > 0));
        Assert.Contains("light-dark(", html, StringComparison.Ordinal);
        Assert.Contains("@media print", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failed_runs_are_shown_and_not_averaged()
    {
        ExperimentDocument document = SampleExperiment.Create().Document;
        RunResult failed = document.Runs.First(run => run is { Workload: "primes", Model: "processes" });
        document = SampleExperiment.Analysed(document with
        {
            Runs = [.. document.Runs.Select(run => run == failed
                ? run with { Failed = 3, Error = "a worker died", WallMs = 99_999, PeakRssBytes = 1L << 40 }
                : run)],
        });

        XElement page = await PageAsync(document);

        XElement row = Rows(Cards(page)[0]).Single(candidate => ModelOf(candidate) == "processes");
        Assert.Contains("1 of 6 runs failed, not averaged: a worker died", row.Value, StringComparison.Ordinal);
        Assert.StartsWith("5 of 6", row.Elements("td").ElementAt(1).Value, StringComparison.Ordinal);
        Assert.DoesNotContain("1,048,576", row.Value, StringComparison.Ordinal);
        XElement mark = Assert.Single(page.Descendants("text"), text => text.Attribute("class")?.Value == "invalid" && text.Element("title") is not null);
        Assert.Contains("off the scale, not averaged: a worker died", mark.Value, StringComparison.Ordinal);
        Assert.Contains("99,999", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_without_a_valid_run_says_why_and_one_without_any_run_says_so()
    {
        ExperimentDocument document = SampleExperiment.Create().Document;
        document = SampleExperiment.Analysed(document with
        {
            Status = ExperimentStatus.Cancelled,
            Progress = new ExperimentProgress(40, 112, null),
            Runs = [.. document.Runs
                .Where(run => run.Model != "queue")
                .Select(run => run.Model == "processes" ? run with { Failed = 32 } : run)],
        });

        XElement page = await PageAsync(document);

        Assert.All(Cards(page), card =>
        {
            Assert.Contains("No valid run: 6 of 6 runs failed. The first said: 32 of 32 tasks failed", Rows(card).Single(row => ModelOf(row) == "processes").Value, StringComparison.Ordinal);
            Assert.Contains("Not measured", Rows(card).Single(row => ModelOf(row) == "queue").Value, StringComparison.Ordinal);
        });
        Assert.Contains("Cancelled after 40 of 112 runs, 12 of them not valid:", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_completed_experiment_says_how_many_runs_are_not_valid_and_is_green_only_without_any()
    {
        ExperimentDocument sound = SampleExperiment.Create().Document;
        ExperimentDocument flawed = sound with { Runs = [.. sound.Runs.Select(run => run.Model == "processes" ? run with { Failed = 32 } : run)] };

        Assert.Equal("Completed: 112 of 112 runs.", StatusText.Of(sound with { Spec = sound.Spec with { WarmupRounds = 0 } }));
        Assert.Equal(("status good", "Completed: 112 of 112 runs, warm-up included."), StatusOf(await PageAsync(sound)));
        Assert.Equal(("status unfinished", "Completed: 112 of 112 runs, warm-up included, 12 of them not valid."), StatusOf(await PageAsync(flawed)));
        Assert.Contains(
            "Completed: 112 of 112 runs, warm-up included, 12 of them not valid.", await Written.ByAsync(new MarkdownReportExporter(), flawed), StringComparison.Ordinal);

        static (string? Style, string Text) StatusOf(XElement page)
        {
            XElement status = page.Descendants("header").Single().Elements("p").Last();
            return (status.Attribute("class")?.Value, status.Value.Trim());
        }
    }

    [Theory]
    [InlineData(ExperimentStatus.Running)]
    [InlineData(ExperimentStatus.Failed)]
    public async Task An_experiment_without_any_run_has_a_report(ExperimentStatus status)
    {
        ExperimentDocument document = SampleExperiment.Analysed(SampleExperiment.Create().Document with
        {
            Status = status,
            FinishedAt = null,
            Error = "storage did not answer",
            Runs = [],
            Progress = new ExperimentProgress(0, 0, null),
        });

        XElement page = await PageAsync(document);

        Assert.Contains("storage did not answer", page.Value, StringComparison.Ordinal);
        Assert.All(Cards(page), card => Assert.All(Rows(card), row => Assert.Contains("Not measured", row.Value, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Missing_figures_are_dashes()
    {
        ExperimentDocument document = SampleExperiment.Create().Document;
        document = SampleExperiment.Analysed(document with
        {
            Spec = document.Spec with { Models = ["threads"] },
            Runs = [.. document.Runs.Where(run => run.Model == "threads").Select(run => run with
            {
                ContextSwitches = null, PeakRssBytes = null,
            })],
        });

        XElement row = Assert.Single(Rows(Cards(await PageAsync(document))[0]));

        Assert.Equal(
            ["–", "–", "–", "– / –", "–", "1"],
            new[] { 3, 4, 5, 7, 8, 9 }.Select(column => row.Elements("td").ElementAt(column).Value));
    }

    [Fact]
    public async Task A_huge_experiment_has_a_page_of_bounded_size_that_says_what_it_leaves_out()
    {
        WorkloadSpec[] workloads = [.. Enumerable.Range(1, 16).Select(size => new WorkloadSpec("delay", size, 1))];
        ExperimentDocument document = SampleExperiment.Create(rounds: 64, workloads).Document;

        string html = await Written.ByAsync(Exporter, document);

        XElement page = Parse(html);
        Assert.InRange(html.Length, 1, 4_000_000);
        Assert.All(page.Descendants("svg").Where(svg => svg.Elements("circle").Any() && svg.Attribute("role") is not null), svg => Assert.Equal(StripChart.MostDots, svg.Elements("circle").Count()));
        Assert.Contains("Of 64 runs a model, 60 are drawn", page.Value, StringComparison.Ordinal);
        Assert.Contains("The first 1,000 of 8,192 runs; all are in experiment.json.", page.Value, StringComparison.Ordinal);
    }

    private static async Task<XElement> PageAsync(ExperimentDocument document) => Parse(await Written.ByAsync(Exporter, document));

    private static XElement Parse(string html) => XElement.Parse(html[html.IndexOf("<html", StringComparison.Ordinal)..], LoadOptions.PreserveWhitespace);

    private static List<XElement> Cards(XElement page) =>
        [.. page.Descendants("section").Where(section => section.Attribute("class")?.Value == "card")];

    private static List<XElement> Rows(XElement card) => [.. card.Descendants("tbody").Single().Elements("tr")];

    private static string ModelOf(XElement row) => row.Element("th")!.Nodes().OfType<XText>().First().Value;
}
