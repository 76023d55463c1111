using System.Text.Json.Nodes;
using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Tests;

public class ColdStartTests(QueueStorage storage) : IClassFixture<QueueStorage>
{
    private const string AllModels = "sequential,threads,thread-pool,event-loop,async,gil-threads,processes,queue";

    [Fact]
    public async Task Every_run_has_processes_of_its_own_whose_start_it_includes()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await Sconc.RunAsync(
            folder.Path, "run", "--cold-start", "-w", "primes:1000:4", "-m", AllModels, "--rounds", "1", "--json", "--connection", storage.ConnectionString);

        Assert.True(exitCode == 0, error);
        JsonNode experiment = JsonNode.Parse(output)!;
        Assert.True((bool)experiment["spec"]!["coldStart"]!);
        Assert.Equal(0, (int)experiment["spec"]!["warmupRounds"]!);
        JsonNode[] runs = [.. experiment["runs"]!.AsArray().Select(run => run!)];
        Assert.Equal(8, runs.Length);
        Assert.All(runs, run => Assert.InRange((double)run["processStartMs"]!, double.Epsilon, (double)run["wallMs"]!));
        Assert.All(runs, run => Assert.InRange((double)run["taskTimes"]!["medianWaitMs"]!, (double)run["processStartMs"]!, (double)run["wallMs"]!));

        string[][] rows = [.. (await File.ReadAllLinesAsync(Path.Combine(folder.Path, "results", (string)experiment["id"]!, "timings.csv")))
            .Skip(1).Select(line => line.Split(','))];
        Assert.Equal(4 * runs.Length, rows.Length);
        string[] hosts = [.. rows.Select(row => (Run: row[1], Host: row[9])).Distinct().Select(pair => pair.Host)];
        Assert.Distinct(hosts);
    }

    [Fact]
    public async Task Only_child_processes_have_a_start_where_it_is_not_cold()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await Sconc.RunAsync(
            folder.Path, "run", "-w", "primes:1000:4", "-m", "threads,processes", "--degree", "1", "--drift-reference=false", "--rounds", "1", "--json", "--connection", "none");

        Assert.True(exitCode == 0, error);
        JsonNode experiment = JsonNode.Parse(output)!;
        Assert.Equal(["threads", "processes"], experiment["spec"]!["models"]!.AsArray().Select(model => (string)model!));
        Assert.False((bool)experiment["spec"]!["coldStart"]!);
        foreach (JsonNode? run in experiment["runs"]!.AsArray())
            Assert.Equal((string)run!["model"]! == "processes", run["processStartMs"] is not null);
    }
}
