using System.Xml.Linq;
using ServerlessConcurrency.Core.Costs;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Prices;
using ServerlessConcurrency.Reporting.HtmlReport;
using ServerlessConcurrency.Reporting.MarkdownReport;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Tests;

public sealed class CostReportTests
{
    private static readonly PriceList Prices = PriceList.Embedded.With(
        new PriceFile("westeurope", "2026-11-01", null, [new PriceFigure(PriceField.FlexGigabyteSecond, 0.0001, null, null, null, null)]),
        "mine.json");

    [Fact]
    public async Task The_page_has_a_cost_for_each_model_and_plan_and_says_what_it_holds_for()
    {
        ExperimentDocument document = Costed(Prices);

        XElement section = Assert.Single(await CostsAsync(document));

        Assert.Equal(["primes, size 200,000", "delay, size 50"], section.Descendants("h3").Select(title => title.Value));
        Assert.Equal(
            [CostText.Sustained, CostText.Sporadic, CostText.Sustained, CostText.Sporadic], section.Descendants("caption").Select(caption => caption.Value));
        XElement table = section.Descendants("table").First();
        Assert.Equal(
            ["Model", .. HostingPlans.All.Select(plan => plan.Name)], table.Element("thead")!.Descendants("th").Select(head => head.Value));
        Assert.Equal(
            ["Model", "Flex Consumption 512 MB", "Flex Consumption 2,048 MB", "Flex Consumption 4,096 MB", "Consumption"],
            section.Descendants("table").ElementAt(1).Element("thead")!.Descendants("th").Select(head => head.Value));
        Assert.Equal(document.Spec.Models.Order(), Rows(table).Select(row => row[0]).Order());
        // Its runs do not tell for how long hosts were in use.
        Assert.All(Rows(table).Single(row => row[0] == "queue")[1..], cost => Assert.Equal("–", cost));
        Assert.All(Rows(table).Single(row => row[0] == "threads")[1..], cost => Assert.NotEqual("–", cost));
        Assert.Contains("eastus", section.Value, StringComparison.Ordinal);
        Assert.Contains("replaced by mine.json (westeurope, 2026-11-01): flexGigabyteSecond.", section.Value, StringComparison.Ordinal);
        Assert.Contains("about 0.25, 1 and 2 cores at 512, 2,048 and 4,096 MB", section.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Markdown_report_has_the_same_costs()
    {
        ExperimentDocument document = Costed(PriceList.Embedded);

        string markdown = await Written.ByAsync(new MarkdownReportExporter(), document);

        string[] row = markdown.Split('\n').Single(line => line.StartsWith("| primes 200,000 | threads |", StringComparison.Ordinal)).Split(" | ");
        XElement table = Assert.Single(await CostsAsync(document)).Descendants("table").First();
        Assert.Equal(Rows(table).Single(cells => cells[0] == "threads")[1..], row[2..].Select(cell => cell.Trim(' ', '|')));
        Assert.Contains($"Prices of eastus, {PriceList.Embedded.Date}", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("replaced by", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_the_Durable_Task_Scheduler_the_reports_tell_its_actions()
    {
        ExperimentDocument document = Costed(PriceList.Embedded);
        Assert.Contains("as measured on Azurite", Assert.Single(await CostsAsync(document)).Value, StringComparison.Ordinal);
        document = document with { Analysis = [document.Analysis[0] with { Model = "durable", SchedulerActionsPerTask = 2.03125 }] };

        foreach (string report in new[] { Assert.Single(await CostsAsync(document)).Value, await Written.ByAsync(new MarkdownReportExporter(), document) })
        {
            Assert.Contains("the actions of the Durable Task Scheduler instead, for each task:", report, StringComparison.Ordinal);
            Assert.Contains("under durable 2.0313.", report, StringComparison.Ordinal);
            Assert.DoesNotContain("as measured on Azurite", report, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_on_top_of_another_is_told_with_it()
    {
        ExperimentDocument document = Costed(Prices.With(
            new PriceFile(null, null, "our contract", [new PriceFigure(PriceField.BlobReads, 0.001, null, null, null, null)]), "contract.json"));

        Assert.Contains(
            "; replaced by mine.json (westeurope, 2026-11-01): flexGigabyteSecond; replaced by our contract: blobReads.",
            Assert.Single(await CostsAsync(document)).Value,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_experiment_without_costs_has_no_section_of_them()
    {
        ExperimentDocument document = SampleExperiment.Create(rounds: 1).Document;

        Assert.Empty(await CostsAsync(document));
        Assert.DoesNotContain(
            "Cost of a million tasks", await Written.ByAsync(new MarkdownReportExporter(), document), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_text_of_a_price_file_is_encoded()
    {
        ExperimentDocument document = Costed(Prices with
        {
            Override = new PriceOverride(HostileText.Value, HostileText.Value, HostileText.Value, ["flexGigabyteSecond"]),
        });

        Assert.DoesNotContain("<script", await Written.ByAsync(new HtmlReportExporter(), document), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", await Written.ByAsync(new MarkdownReportExporter(), document), StringComparison.OrdinalIgnoreCase);
    }

    private static ExperimentDocument Costed(PriceList prices) =>
        CostAnalysis.Apply(SampleExperiment.Create(rounds: 2).Document with { Prices = prices });

    private static async Task<XElement[]> CostsAsync(ExperimentDocument document)
    {
        string html = await Written.ByAsync(new HtmlReportExporter(), document);
        XElement page = XElement.Parse(html[html.IndexOf("<html", StringComparison.Ordinal)..]);
        return [.. page.Descendants("section").Where(section => section.Attribute("class")?.Value.Contains("costs", StringComparison.Ordinal) == true)];
    }

    private static string[][] Rows(XElement table) =>
        [.. table.Element("tbody")!.Elements("tr").Select(row => row.Elements().Select(cell => cell.Value).ToArray())];
}
