using System.Text;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Prices;

namespace ServerlessConcurrency.Tests;

public class PricesTests
{
    private static readonly string Sample = Repository.PathOf("tests", "Shared", "retail-prices.json");

    [Fact]
    public async Task The_list_has_every_figure_with_unit_region_date_and_source_and_as_JSON_it_is_a_price_file()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await Sconc.RunAsync(folder.Path, "prices");
        string json = (await Sconc.RunAsync(folder.Path, "prices", "--json")).Out;

        Assert.True(exitCode == 0, error);
        Assert.All(PriceList.Sources.Figures, figure =>
        {
            Assert.Contains($"{figure.Field.Name}: ", output, StringComparison.Ordinal);
            Assert.Contains(figure.Source!.Split(' ')[0], output, StringComparison.Ordinal);
        });
        Assert.Contains("flexGigabyteSecond: 0.000026 USD per GB-s\n  eastus, 2026-07-12: https://", output, StringComparison.Ordinal);
        Assert.Contains("durableTableRequestsPerActivity: 1.7 requests\n  2026-11-23: measured on Azurite", output, StringComparison.Ordinal);
        Assert.Equal(PriceList.Sources.Figures, PriceReader.Read(Encoding.UTF8.GetBytes(json)).File!.Figures);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "results")));
    }

    [Fact]
    public async Task Refreshed_prices_are_told_kept_and_taken_by_later_runs_that_write_to_the_same_folder()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await Sconc.RunAsync(folder.Path, "prices", "--refresh", Sample);

        Assert.True(exitCode == 0, error);
        Assert.Contains("westeurope, US dollars, ", output, StringComparison.Ordinal);
        Assert.Contains(": 14 of 14 prices found, 12 changed.", output, StringComparison.Ordinal);
        Assert.Contains("  flexGigabyteSecond: 0.000031 USD per GB-s (was 0.000026)", output, StringComparison.Ordinal);
        Assert.Contains("  flexMillionExecutions: 0.4 USD per 1,000,000 executions, as before", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Not in the file", output, StringComparison.Ordinal);
        Assert.Contains($"Written to {Path.Combine("results", "prices.json")}: run, sweep, submit and serve take them", output, StringComparison.Ordinal);
        Assert.Contains(
            "flexGigabyteSecond: 0.000031 USD per GB-s\n  westeurope, ", (await Sconc.RunAsync(folder.Path, "prices")).Out, StringComparison.Ordinal);

        string[] run = ["run", "-w", "primes:1000:4", "-m", "sequential", "--rounds", "1", "--connection", "none", "--json"];
        JsonNode prices = JsonNode.Parse((await Sconc.RunAsync(folder.Path, run)).Out)!["prices"]!;
        Assert.Equal((0.000031, 3_500), ((double)prices["values"]!["flexGigabyteSecond"]!, (double)prices["values"]!["schedulerMillionActions"]!));
        Assert.Equal(("westeurope", "Azure Retail Prices API"), ((string)prices["override"]!["region"]!, (string)prices["override"]!["source"]!));

        await File.WriteAllTextAsync(Path.Combine(folder.Path, "mine.json"), """{ "prices": { "flexGigabyteSecond": 0.001 } }""");
        prices = JsonNode.Parse((await Sconc.RunAsync(folder.Path, [.. run, "--prices", "mine.json"])).Out)!["prices"]!;
        Assert.Equal((0.001, 3_500), ((double)prices["values"]!["flexGigabyteSecond"]!, (double)prices["values"]!["schedulerMillionActions"]!));
        Assert.Equal("Azure Retail Prices API", (string)prices["override"]!["earlier"]!["source"]!);

        prices = JsonNode.Parse((await Sconc.RunAsync(folder.Path, [.. run, "--out", "elsewhere"])).Out)!["prices"]!;
        Assert.Equal((0.000026, null), ((double)prices["values"]!["flexGigabyteSecond"]!, prices["override"]));
    }

    [Fact]
    public async Task What_a_file_does_not_have_is_told_and_left_as_it_is_and_a_second_file_adds_to_the_first()
    {
        using var folder = new TemporaryFolder();
        await RefreshAsync(folder, item => (string)item["serviceName"]! == "Functions");

        JsonNode told = await RefreshAsync(folder, item => (string)item["serviceName"]! == "Storage");

        Assert.Equal(
            ["queueTransactions", "tableTransactions", "blobWrites", "blobReads"], told["found"]!.AsArray().Select(price => (string)price!["name"]!));
        JsonNode queues = told["found"]![0]!;
        Assert.Equal((0.004, 0.0045, true), ((double)queues["before"]!, (double)queues["value"]!, (bool)queues["changed"]!));
        Assert.Equal(10, told["missing"]!.AsArray().Count);
        Assert.Equal(
            ("schedulerMillionActions", "Durable Task Scheduler, Consumption Action"),
            ((string)told["missing"]![9]!["name"]!, (string)told["missing"]![9]!["meter"]!));
        PriceFile inUse = PriceReader.Read(Encoding.UTF8.GetBytes((await Sconc.RunAsync(folder.Path, "prices", "--json")).Out)).File!;
        Assert.Equal(
            [0.000031, 0.0045, 3_000],
            new[] { PriceField.FlexGigabyteSecond, PriceField.QueueTransactions, PriceField.SchedulerMillionActions }
                .Select(field => inUse.Figures.Single(figure => figure.Field == field).Value!.Value));
    }

    [Theory]
    [InlineData("{ \"Items\": [", "error: azure.json: is not valid JSON at line 1")]
    [InlineData("{}", "error: azure.json: Items: is missing or no array")]
    [InlineData("""{ "Items": [ { "meterName": "P10 LRS Disk", "serviceName": "Storage" } ] }""", "error: azure.json: Items: none is a meter that costs are computed from")]
    public async Task A_file_that_cannot_be_used_changes_nothing(string content, string message)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "azure.json"), content);

        (int exitCode, string output, string error) = await Sconc.RunAsync(folder.Path, "prices", "--refresh", "azure.json");

        Assert.Equal((2, ""), (exitCode, output));
        Assert.StartsWith(message, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "results")));
    }

    [Fact]
    public async Task Kept_prices_that_were_spoilt_are_a_mistake_of_every_run()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine("results", "prices.json");
        Directory.CreateDirectory(Path.Combine(folder.Path, "results"));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, path), """{ "prices": { "flexGigabyteSecond": "cheap" } }""");

        foreach (string[] command in new string[][] { ["prices"], ["run", "-w", "primes:1000:4", "--connection", "none"] })
        {
            (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, command);

            Assert.Equal(2, exitCode);
            Assert.StartsWith($"error: {path}: prices.flexGigabyteSecond: \"cheap\" is not a number", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Where_kept_prices_would_be_a_folder_is_a_mistake()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine("results", "prices.json");
        Directory.CreateDirectory(Path.Combine(folder.Path, path));

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, "prices");

        Assert.Equal(2, exitCode);
        Assert.StartsWith($"error: {path}: is a folder; expected a file", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_region_chooses_among_those_of_a_file()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(
            (2, "error: the command line: --region: chooses among the regions of a file; give it with --refresh\n"),
            await ErrorOfAsync(folder, "prices", "--region", "westeurope"));

        (int exitCode, string error) = await ErrorOfAsync(folder, "prices", "--refresh", Sample, "--region", "moon");

        Assert.Equal(2, exitCode);
        Assert.Contains("Items: none is a meter that costs are computed from in region 'moon'", error, StringComparison.Ordinal);
        Assert.Equal((0, ""), await ErrorOfAsync(folder, "prices", "--refresh", Sample, "--region", "westeurope"));
    }

    private static async Task<(int ExitCode, string Error)> ErrorOfAsync(TemporaryFolder folder, params string[] arguments)
    {
        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, arguments);
        return (exitCode, error);
    }

    private static async Task<JsonNode> RefreshAsync(TemporaryFolder folder, Func<JsonNode, bool> keep)
    {
        JsonNode sample = JsonNode.Parse(await File.ReadAllTextAsync(Sample))!;
        sample["Items"] = new JsonArray([.. sample["Items"]!.AsArray().Where(item => keep(item!)).Select(item => item!.DeepClone())]);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "azure.json"), sample.ToJsonString());
        (int exitCode, string output, string error) = await Sconc.RunAsync(folder.Path, "prices", "--refresh", "azure.json", "--json");
        Assert.True(exitCode == 0, error);
        return JsonNode.Parse(output)!;
    }
}
