using System.Text.Json.Nodes;
using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Tests;

public class CostTests(QueueStorage storage) : IClassFixture<QueueStorage>
{
    private static readonly string[] Plans =
    [
        "flex-512", "flex-2048", "flex-4096", "flex-512-always-ready", "flex-2048-always-ready", "flex-4096-always-ready", "consumption",
        "premium-ep1", "premium-ep2", "premium-ep3",
    ];

    [Fact]
    public async Task A_real_run_counts_its_own_requests_to_storage_and_no_others()
    {
        using var folder = new TemporaryFolder();
        const int Tasks = 20;

        (int exitCode, string output, string error) = await Sconc.RunAsync(
            folder.Path, "run", "-w", $"primes:1000:{Tasks},blob:4:{Tasks}", "-m", "sequential,threads,processes,queue", "--degree", "1", "--rounds", "1",
            "--warmup-rounds", "0", "--min-run-ms", "0", "--json", "--connection", storage.ConnectionString);

        Assert.True(exitCode == 0, error);
        JsonNode experiment = JsonNode.Parse(output)!;
        foreach (JsonNode? run in experiment["runs"]!.AsArray())
        {
            bool isBlob = (string)run!["workload"]! == "blob";
            bool isQueue = (string)run["model"]! == "queue";
            JsonNode requests = run["storageRequests"]!;
            // Uploaded, downloaded, deleted; on a busy machine a warm-up may end before it has made the container.
            Assert.InRange((int)requests["blobs"]!, isBlob ? 3 * Tasks : 0, isBlob ? (3 * Tasks) + 1 : 0);
            // Sent, deleted, and received some at a time.
            if (isQueue)
                Assert.InRange((int)requests["queues"]!, 2 * Tasks, 5 * Tasks + 100);
            else
                Assert.Equal((0, 0), ((int)requests["queues"]!, (int)requests["tables"]!));
            Assert.Equal(isQueue, (int)requests["tables"]! > 0);
        }

        Assert.All(experiment["analysis"]!.AsArray(), row => Assert.Equal(
            Plans, row!["costPerMillionTasks"]!.AsObject().Select(cost => cost.Key)));
        Assert.Equal("eastus", (string)experiment["prices"]!["region"]!);
        Assert.Null(experiment["prices"]!["override"]);
    }

    [Fact]
    public async Task A_price_file_is_used_by_run_show_and_report_and_named_in_the_document()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "free.json"),
            """{ "region": "westeurope", "date": "2026-11-01", "prices": { "flexGigabyteSecond": 0, "flexMillionExecutions": 1000 } }""");
        string[] none = ["--connection", "none"];

        (int exitCode, string output, string error) = await Sconc.RunAsync(
            folder.Path, ["run", "-w", "primes:1000:4", "-m", "sequential", "--rounds", "1", "--json", "--prices", "free.json", .. none]);

        Assert.True(exitCode == 0, error);
        JsonNode experiment = JsonNode.Parse(output)!;
        // One execution for 4 tasks, and nothing else.
        Assert.Equal(250, CostOf(experiment));
        Assert.Equal(["flexGigabyteSecond", "flexMillionExecutions"], experiment["prices"]!["override"]!["fields"]!.AsArray().Select(field => (string)field!));
        string id = (string)experiment["id"]!;
        string report = Path.Combine(folder.Path, "results", id, "report.html");
        Assert.Contains("replaced by free.json (westeurope, 2026-11-01)", await File.ReadAllTextAsync(report), StringComparison.Ordinal);

        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "dear.json"), """{ "source": "our contract", "prices": { "flexGigabyteSecond": 0, "flexMillionExecutions": 500 } }""");
        JsonNode shown = JsonNode.Parse((await Sconc.RunAsync(folder.Path, ["show", id, "--json", "--prices", "dear.json", .. none])).Out)!;
        Assert.Equal(125, CostOf(shown));
        Assert.Equal(0, (await Sconc.RunAsync(folder.Path, ["report", id, "--prices", "dear.json", .. none])).ExitCode);
        Assert.Contains("replaced by our contract", await File.ReadAllTextAsync(report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sequential,threads", true)]
    [InlineData("sequential", false)]
    public async Task The_table_has_a_column_of_costs_where_they_differ(string models, bool hasColumn)
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await Sconc.RunAsync(
            folder.Path, "run", "-w", "delay:50:4", "-m", models, "--rounds", "1", "--warmup-rounds", "0", "--connection", "none");

        Assert.True(exitCode == 0, error);
        Assert.Equal(hasColumn, output.Contains("$ / 1M tasks", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_mistake_in_a_price_file_is_told_and_nothing_is_run()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "prices.json"), """{ "prices": { "flexGigabyteSecond": 26, "flexGbSecond": 0.1 }, "place": "here" }""");

        (int exitCode, string output, string error) = await Sconc.RunAsync(
            folder.Path, "run", "-w", "primes:1000:4", "--connection", "none", "--prices", "prices.json");

        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.Contains("error: 3 mistakes in prices.json:", error, StringComparison.Ordinal);
        Assert.Contains("prices.flexGigabyteSecond: 26 is out of range; expected a number of 0 to 0.01", error, StringComparison.Ordinal);
        Assert.Contains("prices.flexGbSecond: unknown field", error, StringComparison.Ordinal);
        Assert.Contains("place: unknown field", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "results")));
        (int missing, _, string reason) = await Sconc.RunAsync(folder.Path, "run", "--connection", "none", "--prices", "none.json");
        Assert.Equal((2, "error: none.json: there is no such file\n"), (missing, reason));
    }

    private static double CostOf(JsonNode experiment) => (double)experiment["analysis"]![0]!["costPerMillionTasks"]!["flex-2048"]!;
}
