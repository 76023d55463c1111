using System.Text.Json.Nodes;
using Azure.Data.Tables;
using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Tests;

public class ResumeTests(QueueStorage storage) : IClassFixture<QueueStorage>
{
    private const int Rounds = 40;
    private const int Tasks = 8;

    private static readonly string[] Experiment =
    [
        "run", "-w", $"delay:20:{Tasks}", "-m", "sequential,threads,async", "--rounds", $"{Rounds}", "--warmup-rounds", "0", "--min-run-ms", "0", "--seed", "7",
        "--drift-reference", "false",
    ];

    [LinuxTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_killed_experiment_is_completed_and_what_was_stored_stays_as_it_was(bool hasStorage)
    {
        using var folder = new TemporaryFolder();
        string[] connection = ["--connection", hasStorage ? storage.ConnectionString : "none", "--storage-prefix", $"r{Guid.NewGuid().ToString("n")[..8]}"];
        string id = await KillAsync(folder.Path, connection, rounds: 3);
        JsonNode left = JsonNode.Parse((await Sconc.RunAsync(folder.Path, ["show", id, "--json", .. connection])).Out)!;
        Assert.Equal("failed", (string)left["status"]!);

        // Interrupted once more, while it goes on.
        int before = RowsOf(folder.Path, id);
        using (Sconc again = Sconc.Start(folder.Path, ["resume", id, .. connection]))
        {
            await Eventually.True(() => again.HasExited || RowsOf(folder.Path, id) > before + (3 * Tasks), "it goes on");
            again.Signal("KILL");
            await again.WaitAsync();
        }

        (int exitCode, string output, string error) = await Sconc.RunAsync(folder.Path, ["resume", id, "--json", .. connection]);

        Assert.True(exitCode == 0, error);
        JsonNode completed = JsonNode.Parse(output)!;
        Assert.Equal("completed", (string)completed["status"]!);
        JsonArray runs = completed["runs"]!.AsArray();
        Assert.Equal(3 * Rounds, runs.Select(run => (string)run!["runId"]!).Distinct().Count());
        Assert.Equal(runs.Select(run => (string)run!["runId"]!).Order(StringComparer.Ordinal), runs.Select(run => (string)run!["runId"]!));
        Assert.True(left["runs"]!.AsArray().Count >= 9);
        Assert.All(left["runs"]!.AsArray(), run => Assert.Contains(runs, other => JsonNode.DeepEquals(run, other)));
        Assert.Equal(2, completed["resumptions"]!.AsArray().Count);
        Assert.Contains(completed["findings"]!.AsArray(), finding => (string)finding!["code"]! == "resumed");

        string[] rows = [.. await File.ReadAllLinesAsync(Path.Combine(folder.Path, "results", id, "timings.csv"))];
        Assert.Equal(3 * Rounds * Tasks, rows.Skip(1).Select(row => string.Join(',', row.Split(',')[1], row.Split(',')[7])).Distinct().Count());
        Assert.Equal((3 * Rounds * Tasks) + 1, rows.Length);
        Assert.Equal(rows, (await Sconc.RunAsync(folder.Path, ["export", id, .. connection])).Out.TrimEnd('\n').Split('\n'));
        Assert.Equal(
            ["experiment.json", "report.html", "report.md", "timings.csv", "trace.json"],
            Directory.GetFiles(Path.Combine(folder.Path, "results", id)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

        (exitCode, _, error) = await Sconc.RunAsync(folder.Path, ["resume", id, .. connection]);
        Assert.Equal((2, true), (exitCode, error.Contains($"{id} is complete", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_the_storage_never_heard_of_is_completed_from_the_files()
    {
        using var folder = new TemporaryFolder();
        string[] connection = ["--connection", storage.ConnectionString, "--storage-prefix", $"r{Guid.NewGuid().ToString("n")[..8]}"];
        (_, string output, _) = await Sconc.RunAsync(folder.Path, "run", "-w", "primes:100:4", "-m", "sequential", "--rounds", "1", "--warmup-rounds", "0", "--connection", "none", "--json");
        string id = (string)JsonNode.Parse(output)!["id"]!;
        string path = Path.Combine(folder.Path, "results", id, "experiment.json");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("\"status\": \"completed\"", "\"status\": \"cancelled\"", StringComparison.Ordinal));

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, ["resume", id, .. connection]);

        Assert.True(exitCode == 0, error);
        JsonNode stored = JsonNode.Parse((await Sconc.RunAsync(folder.Path, ["show", id, "--json", .. connection])).Out)!;
        Assert.Equal("completed", (string)stored["status"]!);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(folder.Path, "results", id, "timings.csv")), (await Sconc.RunAsync(folder.Path, ["export", id, .. connection])).Out, ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task What_cannot_be_read_is_found_before_anything_is_touched_and_what_is_missing_is_measured_again()
    {
        using var folder = new TemporaryFolder();
        string[] none = ["--connection", "none"];
        (_, string output, _) = await Sconc.RunAsync(folder.Path, ["run", "-w", "primes:100:4", "-m", "sequential", "--rounds", "2", "--warmup-rounds", "0", "--drift-reference", "false", "--json", .. none]);
        string id = (string)JsonNode.Parse(output)!["id"]!;
        string experiment = Path.Combine(folder.Path, "results", id);
        string document = Path.Combine(experiment, "experiment.json");
        await File.WriteAllTextAsync(document, (await File.ReadAllTextAsync(document)).Replace("\"status\": \"completed\"", "\"status\": \"cancelled\"", StringComparison.Ordinal));
        string path = Path.Combine(experiment, "timings.csv");
        string[] lines = await File.ReadAllLinesAsync(path);
        await File.WriteAllLinesAsync(path, lines.Select((line, index) => index == 6 ? line.Replace("succeeded", "xx", StringComparison.Ordinal) : line));
        (string, string)[] before = [.. Files(experiment)];

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, ["resume", id, .. none]);

        Assert.Equal((1, true), (exitCode, error.Contains("timings.csv, line 7: not a row of timings", StringComparison.Ordinal)));
        Assert.Equal(before, Files(experiment));

        await File.WriteAllLinesAsync(path, lines.SkipLast(1));
        (exitCode, output, error) = await Sconc.RunAsync(folder.Path, ["resume", id, "--json", .. none]);

        Assert.True(exitCode == 0, error);
        Assert.Contains($"timings.csv: 1 timing of 1 run missing: 1 of {lines[^1].Split(',')[1]}", error, StringComparison.Ordinal);
        Assert.Contains($"1 run of {id} is stored and will not be measured again.", error, StringComparison.Ordinal);
        Assert.Equal(1, (int)JsonNode.Parse(output)!["resumptions"]!.AsArray().Single()!["runsKept"]!);
        string[] resumed = await File.ReadAllLinesAsync(path);
        Assert.Equal(lines.Take(5), resumed.Take(5));
        Assert.Equal(lines.Length, resumed.Length);
    }

    [LinuxFact]
    public async Task An_experiment_that_runs_or_ran_elsewhere_is_refused()
    {
        using var folder = new TemporaryFolder();
        string[] connection = ["--connection", "none"];
        string id = await KillAsync(folder.Path, connection, rounds: 1);
        string path = Path.Combine(folder.Path, "results", id, "experiment.json");
        JsonNode document = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        document["environment"]!["processors"] = 77;
        await File.WriteAllTextAsync(path, document.ToJsonString());

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, ["resume", id, .. connection]);

        Assert.Equal(2, exitCode);
        Assert.Contains("77 processors", error, StringComparison.Ordinal);
        Assert.Contains("was measured elsewhere", error, StringComparison.Ordinal);
    }

    private static async Task<string> KillAsync(string folder, string[] connection, int rounds)
    {
        using Sconc sconc = Sconc.Start(folder, [.. Experiment, .. connection]);
        await Eventually.True(() => sconc.HasExited || RowsOf(folder, null) > 3 * Tasks * rounds, "some rounds were measured");
        string id = Path.GetFileName(Assert.Single(Directory.GetDirectories(Path.Combine(folder, "results"))));
        await Eventually.True(() => sconc.HasExited || StoredRuns(folder, connection, id) >= 3 * rounds, "their runs are stored");
        sconc.Signal("KILL");
        await sconc.WaitAsync();
        return id;
    }

    private static IEnumerable<(string Name, string Content)> Files(string folder) =>
        Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), File.ReadAllText(file)));

    private static int StoredRuns(string folder, string[] connection, string id)
    {
        string document = Path.Combine(folder, "results", id, "experiment.json");
        return connection is [_, "none", ..]
            ? File.Exists(document) ? JsonNode.Parse(File.ReadAllText(document))!["runs"]!.AsArray().Count : 0
            : new TableClient(connection[1], $"{connection[3]}runs").Query<TableEntity>(run => run.PartitionKey == id).Count();
    }

    private static int RowsOf(string folder, string? id)
    {
        string results = Path.Combine(folder, "results");
        string? path = Directory.Exists(results)
            ? Directory.EnumerateFiles(results, "timings.csv", SearchOption.AllDirectories).FirstOrDefault(file => id is null || file.Contains(id, StringComparison.Ordinal))
            : null;
        if (path is null)
            return 0;
        using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return file.ReadToEnd().Count(character => character == '\n') - 1;
    }
}
