using System.Xml.Linq;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Claims;
using ServerlessConcurrency.Reporting.HtmlReport;
using ServerlessConcurrency.Reporting.MarkdownReport;

namespace ServerlessConcurrency.Reporting.Tests;

public sealed class ClaimsReportTests
{
    [Fact]
    public async Task Every_claim_is_a_row_with_the_verdict_and_the_decisive_figure_of_each_side()
    {
        ClaimsDocument document = SampleClaims.Create();

        List<XElement> rows = Rows(await PageAsync(document));

        Assert.Equal(document.Claims.Select(claim => claim.Id), rows.Select(row => row.Element("th")!.Value));
        foreach ((XElement row, ClaimResult claim) in rows.Zip(document.Claims))
        {
            XElement[] cells = [.. row.Elements("td")];
            Assert.Equal(claim.Statement, cells[0].Value);
            AssertShows(cells[1], claim.DotNet);
            AssertShows(cells[2], claim.CPython);
            if (claim.Emulated is { } emulated)
                AssertShows(cells[1].Element("div")!.ElementsAfterSelf().Last(), emulated);
        }

        static void AssertShows(XElement cell, ClaimEvidence evidence)
        {
            Assert.Contains(cell.Descendants("span"), badge => badge.Value == ClaimText.Verdict(evidence));
            Assert.Contains(ClaimText.Decisive(evidence), cell.Value, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_verdict_under_an_emulated_lock_stands_beside_that_without()
    {
        XElement cell = Rows(await PageAsync(SampleClaims.Create()))[2].Elements("td").ElementAt(1);

        Assert.Equal(["does not hold", "gil-threads", "holds"], cell.Descendants("span").Select(span => span.Value));
        Assert.Contains("0.96 times (0.94 to 0.99)", cell.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_figure_that_decides_nothing_stands_with_the_reason()
    {
        ClaimsDocument document = SampleClaims.Create();
        ClaimResult busy = document.Claims[2] with
        {
            DotNet = (document.Claims[2].DotNet with { Criteria = [.. document.Claims[2].DotNet.Criteria.Select(criterion => criterion.OnProcessors())] })
                .Under(new MachineLoad(0, 600, 1_000)),
        };

        XElement page = await PageAsync(document with { Claims = [busy] });

        XElement cell = Assert.Single(Rows(page)).Elements("td").ElementAt(1);
        Assert.Equal("inconclusive", cell.Element("span")!.Value);
        Assert.Contains("1.91 times (1.84 to 1.97)", cell.Value, StringComparison.Ordinal);
        Assert.Contains("Others used 60 % of the processors", cell.Value, StringComparison.Ordinal);
        Assert.Contains("measured in 1.7 s, while others used 60 % of the processors", Sections(page)[0].Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_claim_has_its_criteria_reasons_remarks_and_runtimes()
    {
        ClaimsDocument document = SampleClaims.Create();

        List<XElement> sections = Sections(await PageAsync(document));

        Assert.Equal(document.Claims.Count, sections.Count);
        Assert.All(sections.Zip(document.Claims), pair =>
        {
            string text = pair.First.Value;
            foreach ((string side, ClaimEvidence evidence) in pair.Second.Sides)
            {
                Assert.Contains(pair.First.Descendants("h4"), header => header.Value.StartsWith(side, StringComparison.Ordinal));
                Assert.Contains(evidence.Runtime, text, StringComparison.Ordinal);
                Assert.All(evidence.Criteria, criterion => Assert.Contains(ClaimText.Of(criterion), text, StringComparison.Ordinal));
                Assert.All(evidence.Remarks, remark => Assert.Contains(remark, text, StringComparison.Ordinal));
                Assert.Contains(evidence.Reason ?? "", text, StringComparison.Ordinal);
            }
        });
        Assert.Contains("needs os.sched_setaffinity", sections[1].Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_that_belong_together_are_in_one_chart_for_all_sides()
    {
        List<XElement> sections = Sections(await PageAsync(SampleClaims.Create()));

        Assert.All(sections, section => Assert.Single(section.Descendants("figure")));
        XElement speedups = sections[2].Descendants("figure").Single();
        Assert.Equal(["threads", "gil-threads"], speedups.Descendants("span").Where(span => span.Attribute("class")?.Value == "strip-name").Select(span => span.Value));
        Assert.Equal(
            ["m1 1.91 times (1.84 to 1.97)", "m2 0.98 times (0.95 to 1.01)", "m5 0.96 times (0.94 to 0.99)"],
            speedups.Descendants("span").Where(span => span.Attribute("class")?.Value == "values")
                .SelectMany(values => values.Elements("span")).Select(value => $"{value.Attribute("class")!.Value} {value.Value}"));
        Assert.Contains("dashed line, bound of a verdict: 1.10", speedups.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("logarithmic", speedups.Value, StringComparison.Ordinal);
        Assert.Contains("time of a switch, µs (logarithmic scale)", sections[1].Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_with_a_place_on_an_axis_are_lines()
    {
        XElement chart = Sections(await PageAsync(SampleClaims.Create()))[3].Descendants("figure").Single();

        Assert.Equal(6, chart.Descendants("polyline").Count());
        Assert.Equal(
            ["Azure Storage queue, .NET", "Unix domain socket, .NET", "memory-mapped file, .NET", "memory-mapped file, CPython", "pipe, .NET", "pipe, CPython"],
            chart.Descendants("text").Where(text => text.Attribute("class")!.Value == "name").Select(text => text.Value).Order(StringComparer.Ordinal));
        Assert.Contains("(both axes logarithmic)", chart.Value, StringComparison.Ordinal);
        Assert.Contains(chart.Descendants("text"), text => text.Value == "its size in bytes");
    }

    [Fact]
    public async Task There_is_nothing_of_runs_models_and_costs()
    {
        string html = (await PageAsync(SampleClaims.Create())).Value;
        string markdown = await Written.ByAsync(new MarkdownReportExporter(), SampleClaims.Create());

        Assert.All(["Recommendation", "Findings", "Cost of", "Rounds", "warm-up", "runs"], word =>
        {
            Assert.DoesNotContain(word, html[html.IndexOf("Completed", StringComparison.Ordinal)..], StringComparison.Ordinal);
            Assert.DoesNotContain(word, markdown, StringComparison.Ordinal);
        });
        Assert.Contains("Completed: 4 of 4 claims.", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_claim_whose_measurement_broke_off_is_told_with_the_status()
    {
        ClaimsDocument document = SampleClaims.Create();
        ClaimResult broken = document.Claims[0] with { CPython = ClaimEvidence.NotMeasurable("it broke off") with { Failed = true } };

        XElement status = (await PageAsync(document with { Claims = [broken, .. document.Claims.Skip(1)] })).Descendants("header").Single().Elements("p").Last();

        Assert.Equal(("status unfinished", "Completed: 4 of 4 claims, 1 of them failed."), (status.Attribute("class")?.Value, status.Value.Trim()));
    }

    [Fact]
    public async Task The_page_is_titled_accessible_and_needs_nothing_from_outside()
    {
        string html = await Written.ByAsync(new HtmlReportExporter(), SampleClaims.Create());

        XElement page = Parse(html);
        Assert.StartsWith("claims", page.Descendants("title").First().Value, StringComparison.Ordinal);
        Assert.False(Written.NeedsOthers(html));
        Assert.All(page.Descendants("svg"), svg => Assert.True(
            svg.Attribute("aria-hidden") is not null || svg.Attribute("aria-label")?.Value.Length > 0));
        Assert.All(page.Descendants("table"), table => Assert.All(
            table.Descendants("tr"), row => Assert.Contains(row.Elements("th"), header => header.Attribute("scope") is not null)));
    }

    [Fact]
    public async Task Hostile_text_is_encoded_everywhere()
    {
        ClaimEvidence hostile = new()
        {
            Runtime = HostileText.Value,
            Verdict = ClaimVerdict.Inconclusive,
            Reason = HostileText.Value,
            Criteria = [ClaimCriterion.Above(HostileText.Value, HostileText.Value, new(1, 0, 2, 0.95), 1)],
            Figures =
            [
                new ClaimFigure(HostileText.Value, HostileText.Value, HostileText.Value, 1, 0, 2),
                new ClaimFigure(HostileText.Value, HostileText.Value, HostileText.Value, 1, 0, 2, 5),
            ],
            Remarks = [HostileText.Value],
        };
        ClaimsDocument document = SampleClaims.Create() with
        {
            Claims = [new ClaimResult(HostileText.Value, HostileText.Value, hostile, hostile, hostile)],
        };

        string html = await Written.ByAsync(new HtmlReportExporter(), document);
        string markdown = await Written.ByAsync(new MarkdownReportExporter(), document);

        Assert.DoesNotContain("<script", html + markdown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Parse(html).Descendants(), element => element.Name.LocalName is "script" or "img" or "iframe" or "link");
        Assert.False(Written.NeedsOthers(html.Replace("https://b.example", "", StringComparison.Ordinal)));
        Assert.All(
            markdown.Split('\n').Where(line => line.StartsWith('|')),
            row => Assert.Equal(5, row.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|')));
    }

    [Fact]
    public async Task An_experiment_that_was_cancelled_shows_what_it_measured_and_names_the_rest()
    {
        ClaimsDocument whole = SampleClaims.Create();
        ClaimsDocument document = whole with
        {
            Status = ExperimentStatus.Cancelled,
            Progress = new ExperimentProgress(1, 4, null),
            Claims = [whole.Claims[0]],
        };

        XElement page = await PageAsync(document);
        XElement empty = await PageAsync(document with { Claims = [] });

        Assert.Contains("Cancelled after 1 of 4 claims", page.Value, StringComparison.Ordinal);
        Assert.Single(Rows(page));
        Assert.Contains("Not measured: C3, C4, C9.", page.Value, StringComparison.Ordinal);
        Assert.Contains("no claim was measured", empty.Value, StringComparison.Ordinal);
        Assert.Contains("Not measured: C3", await Written.ByAsync(new MarkdownReportExporter(), document), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_of_any_magnitude_and_sign_have_a_chart()
    {
        ClaimFigure[] figures =
        [
            new("a difference", "below 0", "ms", -3, -5, 1), new("a difference", "above", "ms", 2, 1, 3),
            new("nothing", "zero", "%", 0, 0, 0), new("no end", "open", "times", 2, 1, double.PositiveInfinity),
            new("not a number", "none", "ms", double.NaN, double.NaN, double.NaN),
        ];
        ClaimEvidence evidence = ClaimEvidence.Decide([ClaimCriterion.Always("it is", 6, 6)], figures);
        ClaimsDocument document = SampleClaims.Create() with { Claims = [new ClaimResult("C1", "a claim", evidence, evidence)] };

        XElement section = Assert.Single(Sections(await PageAsync(document)));

        Assert.Equal(4, section.Descendants("figure").Count());
        Assert.DoesNotContain("NaN", section.ToString(), StringComparison.Ordinal);
        Assert.Contains("-3 ms (-5 to 1)", section.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Markdown_has_the_table_the_criteria_and_every_figure()
    {
        ClaimsDocument document = SampleClaims.Create();

        string[] lines = (await Written.ByAsync(new MarkdownReportExporter(), document)).Split('\n');

        Assert.All(document.Claims, claim => Assert.Single(lines, line => line.StartsWith($"| {claim.Id} | {claim.Statement} | ", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.EndsWith("**does not hold**: Threads are no faster than sequential: 1.91 times (1.84 to 1.97), must be below 1.1. Under gil-threads **holds**: Gil-threads are no faster than sequential: 0.96 times (0.94 to 0.99), must be below 1.1. | **holds**: Threads are no faster than sequential: 0.98 times (0.95 to 1.01), must be below 1.1. |", StringComparison.Ordinal));
        Assert.Contains("  - threads are no faster than sequential: 0.98 times (0.95 to 1.01), must be below 1.1: met", lines);
        Assert.Equal(
            document.Claims.Sum(claim => claim.Sides.Sum(side => side.Evidence.Figures.Count)),
            lines.Count(line => line.StartsWith('|') && line.Contains(" | .NET | ", StringComparison.Ordinal) | line.Contains(" | CPython | ", StringComparison.Ordinal) | line.Contains(" | gil-threads | ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Findings_stand_below_the_evidence_and_in_Markdown_above_the_verdicts()
    {
        ClaimsDocument document = SampleClaims.Create() with { Findings = [new Finding("some-code", FindingSeverity.Warning, "Something was seen.")] };

        string page = (await PageAsync(document)).Value;
        string markdown = await Written.ByAsync(new MarkdownReportExporter(), document);

        Assert.InRange(page.IndexOf("Something was seen. some-code", StringComparison.Ordinal), page.IndexOf("Evidence", StringComparison.Ordinal), page.Length);
        Assert.InRange(markdown.IndexOf("- Warning: Something was seen.", StringComparison.Ordinal), 0, markdown.IndexOf("| claim |", StringComparison.Ordinal));
    }

    private static async Task<XElement> PageAsync(ClaimsDocument document) => Parse(await Written.ByAsync(new HtmlReportExporter(), document));

    private static XElement Parse(string html) => XElement.Parse(html[html.IndexOf("<html", StringComparison.Ordinal)..], LoadOptions.PreserveWhitespace);

    private static List<XElement> Rows(XElement page) =>
        [.. page.Descendants("table").SelectMany(table => table.Element("tbody")!.Elements("tr"))];

    private static List<XElement> Sections(XElement page) =>
        [.. page.Descendants("section").Where(section => section.Attribute("class")?.Value == "card claim")];
}
