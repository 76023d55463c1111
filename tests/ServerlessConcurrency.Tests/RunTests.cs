using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Storage.Connections;
using ServerlessConcurrency.Storage.Experiments;
using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Tests;

public class RunTests(QueueStorage shared) : IClassFixture<QueueStorage>
{
    private const string AllModels = "sequential,threads,thread-pool,event-loop,async,gil-threads,processes,queue,durable,durable-batch";

    private static readonly string[] DocumentFields =
    [
        "schemaVersion", "id", "status", "startedAt", "finishedAt", "error", "spec", "environment", "progress", "runs", "analysis", "findings",
        "recommendation", "prices",
    ];

    private static readonly string[] RunFields =
    [
        "runId", "round", "workload", "size", "nature", "model", "degree", "inFlight", "tasks", "wallMs", "cpuMs", "contextSwitches",
        "peakRssBytes", "garbageCollections", "allocatedBytes", "repeats", "load", "taskTimes", "storageRequests", "processStartMs",
        "processesLost", "poisonMessages", "mismatches", "hosts", "threads", "checksum", "failed", "retried", "error", "isValid",
    ];

    private static readonly string[] OfSome = ["countsTaskHub", "hostsFromMs", "orchestrationStartMs", "activitiesRepeated", "turnaround"];

    private static readonly string[] AnalysisFields =
    [
        "workload", "size", "model", "degree", "rounds", "medianMs", "ciLowMs", "ciHighMs", "repeats", "outliers",
        "speedup", "speedupLow", "speedupHigh", "efficiency", "pValue", "adjustedPValue", "effectSize", "verdict", "cpuMs", "costPerMillionTasks", "sporadicCostPerMillionTasks",
    ];

    [Fact]
    public async Task One_of_a_kind_is_not_called_several()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await Sconc.RunAsync(
            folder.Path, "run", "-w", "delay:1:1", "-m", "sequential", "-r", "1", "--warmup-rounds", "0", "--in-flight", "1", "--connection", "none");

        Assert.True(exitCode == 0, error);
        Assert.Contains("1 task", output, StringComparison.Ordinal);
        string[] pages = [.. Directory.GetFiles(Path.Combine(folder.Path, "results"), "report.*", SearchOption.AllDirectories).Select(File.ReadAllText)];
        Assert.NotEmpty(pages);
        Assert.All([output, error, .. pages], text => Assert.DoesNotMatch("(?<![0-9.,–-])1 (tasks|runs|rounds|processors|processes|hosts|models|times|claims)\\b", text));
    }

    // Every model with every nature of work, and the workloads that need a server or storage; each model with each workload is a matter of the libraries' tests.
    [Fact]
    public async Task Workloads_run_under_models_with_the_same_checksums_and_every_timing_in_storage()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await Sconc.RunAsync(
            folder.Path, "run", "-w", "primes:2000:6,delay:2:6,mixed:1:6,http:2:6,blob:8:6", "-m", AllModels, "--rounds", "1", "--warmup-rounds", "0", "--min-run-ms", "0", "--json",
            "--connection", shared.ConnectionString);

        Assert.True(exitCode == 0, error);
        using var json = JsonDocument.Parse(output);
        JsonElement experiment = json.RootElement;
        Assert.Equal(DocumentFields, Names(experiment));
        JsonElement[] runs = [.. experiment.GetProperty("runs").EnumerateArray()];
        Assert.Equal(5 * 10, runs.Length);
        Assert.All(runs, run => Assert.Equal(RunFields, Names(run).Except(OfSome)));
        Assert.All(runs, run => Assert.Equal(
            run.GetProperty("model").GetString() is "processes" or "queue" or "durable" or "durable-batch", Names(run).Contains("hostsFromMs")));
        Assert.All(experiment.GetProperty("analysis").EnumerateArray(), row => Assert.Equal(AnalysisFields, Names(row)));
        Assert.All(
            runs.GroupBy(run => run.GetProperty("workload").GetString()),
            workload => Assert.Single(workload.Select(run => run.GetProperty("checksum").GetString()).Distinct()));

        string id = experiment.GetProperty("id").GetString()!;
        Assert.Equal(6 * runs.Length, await CountRowsAsync(shared.ConnectionString, folder.Path, id));
        await AssertFilesAsync(Path.Combine(folder.Path, "results", id), id, rows: 6 * runs.Length);
        await AssertStoredAsync(shared.ConnectionString, folder.Path, id, output);
    }

    [Fact]
    public async Task Without_storage_the_files_are_the_store()
    {
        // Each in a process of its own, which ends.
        using var folder = new TemporaryFolder();
        string[] none = ["--connection", "none"];

        (int exitCode, string output, string error) = await Sconc.RunAloneAsync(
            folder.Path, ["run", "-w", "primes:1000:4", "--degree", "1", "--rounds", "2", "--min-run-ms", "0", .. none]);

        Assert.True(exitCode == 0, error);
        Assert.Contains("processes", output, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?m)^ +queue ", output);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, ".azurite")));
        string id = Path.GetFileName(Directory.GetDirectories(Path.Combine(folder.Path, "results")).Single());
        Assert.Contains(id, (await Sconc.RunAloneAsync(folder.Path, ["list", .. none])).Out, StringComparison.Ordinal);
        Assert.Contains("primes", (await Sconc.RunAloneAsync(folder.Path, ["show", id, .. none])).Out, StringComparison.Ordinal);
        Assert.Equal(0, (await Sconc.RunAloneAsync(folder.Path, ["compare", id, id, .. none])).ExitCode);
        Assert.Equal(0, (await Sconc.RunAloneAsync(folder.Path, ["report", id, .. none])).ExitCode);
        string exported = (await Sconc.RunAloneAsync(folder.Path, ["export", id, .. none])).Out;
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(folder.Path, "results", id, "timings.csv")), exported, ignoreLineEndingDifferences: true);
        Assert.Equal(0, (await Sconc.RunAloneAsync(folder.Path, ["delete", id, .. none])).ExitCode);
    }

    [Theory]
    // Without workloads of one's own the built-in bound stands.
    [InlineData(32, 32, "--models", "threads,async")]
    [InlineData(40, 32, "--models", "threads,async", "-w", "delay:1:40")]
    [InlineData(36, 36, "--models", "threads,async", "-w", "delay:1:40", "--in-flight", "36")]
    public async Task Models_that_wait_hold_as_many_tasks_as_the_spec_allows(int async, int threads, params string[] options)
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await Sconc.RunAsync(
            folder.Path, ["run", "--rounds", "1", "--warmup-rounds", "0", "--min-run-ms", "0", "--json", "--connection", "none", .. options]);

        Assert.True(exitCode == 0, error);
        JsonNode[] delays = [.. JsonNode.Parse(output)!["runs"]!.AsArray().Where(run => (string)run!["workload"]! == "delay").OfType<JsonNode>()];
        Assert.Equal(
            [("async", async), ("sequential", 1), ("threads", threads)],
            delays.Select(run => ((string)run["model"]!, (int)run["inFlight"]!)).Order());
        string table = (await Sconc.RunAsync(folder.Path, "show", (string)JsonNode.Parse(output)!["id"]!, "--connection", "none")).Out;
        Assert.Matches($"(?m)^ async +[0-9]+ +{async} ", table[table.IndexOf("In flight", StringComparison.Ordinal)..]);
    }

    [Fact]
    public async Task The_spec_of_an_experiment_can_be_run_again()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["run", "-w", "primes:1000:4", "-m", "sequential", "--rounds", "1", "--min-run-ms", "0", "--json", "--connection", "none"];
        (_, string first, _) = await Sconc.RunAsync(folder.Path, arguments);
        JsonNode spec = JsonNode.Parse(first)!["spec"]!;
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "again.json"), spec.ToJsonString());

        (int exitCode, string second, string error) = await Sconc.RunAsync(
            folder.Path, "run", "again.json", "--json", "--connection", "none");

        Assert.True(exitCode == 0, error);
        Assert.Equal(spec.ToJsonString(), JsonNode.Parse(second)!["spec"]!.ToJsonString());
    }

    [Fact]
    public async Task Two_programs_at_once_in_one_folder_do_not_disturb_each_other()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["run", "-w", "primes:2000:20,delay:2:20", "-m", "sequential,queue", "--degree", "1", "--rounds", "2", "--min-run-ms", "0", "--json"];

        (int ExitCode, string Out, string Error)[] both = await Task.WhenAll(
            Sconc.RunAsync(folder.Path, arguments), Sconc.RunAsync(folder.Path, arguments));

        // Or each command that follows would start an Azurite of its own.
        await using StorageConnection storage = await StorageConnection.OpenAsync(StorageConnection.Auto, workingFolder: folder.Path);
        foreach ((int exitCode, string output, string error) in both)
        {
            Assert.True(exitCode == 0, error);
            JsonNode[] runs = [.. JsonNode.Parse(output)!["runs"]!.AsArray().Select(run => run!)];
            Assert.All(runs, run => Assert.Equal(0, (int)run["retried"]!));
            Assert.Equal(20 * runs.Length, await CountRowsAsync(StorageConnection.Auto, folder.Path, (string)JsonNode.Parse(output)!["id"]!));
        }

        Assert.Equal(2, JsonNode.Parse((await Sconc.RunAsync(folder.Path, "list", "--json")).Out)!.AsArray().Count);
    }

    [Fact]
    public async Task Storage_that_does_not_answer_is_exit_code_3()
    {
        using var folder = new TemporaryFolder();
        const string Nowhere = "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;BlobEndpoint=http://127.0.0.1:9/a;"
            + "QueueEndpoint=http://127.0.0.1:9/a;TableEndpoint=http://127.0.0.1:9/a";

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, "run", "--connection", Nowhere);

        Assert.Equal(3, exitCode);
        Assert.Contains("127.0.0.1:9", error, StringComparison.Ordinal);
        Assert.DoesNotContain("YQ==", error, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);

    private static async Task<int> CountRowsAsync(string connection, string folder, string id)
    {
        await using StorageConnection storage = await StorageConnection.OpenAsync(connection, workingFolder: folder);
        await using var store = new AzureExperimentStore(storage.Account);
        return await store.FindAsync(id) is ExperimentDocument document
            ? await store.ReadTimingsAsync(document).SumAsync(run => run.Timings.Count)
            : await store.ReadRunsAsync(id).CountAsync();
    }

    private static async Task AssertFilesAsync(string folder, string id, int rows)
    {
        string[] csv = await File.ReadAllLinesAsync(Path.Combine(folder, "timings.csv"));
        Assert.Equal(rows + 1, csv.Length);
        Assert.All(csv.Skip(1), line => Assert.StartsWith(id, line, StringComparison.Ordinal));
        using var trace = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "trace.json")));
        Assert.Contains(id, await File.ReadAllTextAsync(Path.Combine(folder, "report.html")), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "experiment.json")));
    }

    private static async Task AssertStoredAsync(string connection, string folder, string id, string document)
    {
        string[] stored = ["--connection", connection];
        Assert.Contains(id, (await Sconc.RunAsync(folder, ["list", .. stored])).Out, StringComparison.Ordinal);
        string shown = (await Sconc.RunAsync(folder, ["show", id, "--json", .. stored])).Out;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(document), JsonNode.Parse(shown)));
        string csv = (await Sconc.RunAsync(folder, ["export", id, .. stored])).Out;
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(folder, "results", id, "timings.csv")), csv, ignoreLineEndingDifferences: true);

        Assert.Equal(0, (await Sconc.RunAsync(folder, ["delete", id, .. stored])).ExitCode);
        Assert.Equal(2, (await Sconc.RunAsync(folder, ["delete", id, .. stored])).ExitCode);
        Assert.Contains($"{id} is in results, but not in this storage", (await Sconc.RunAsync(folder, ["show", id, .. stored])).Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(0, await CountRowsAsync(connection, folder, id));
    }
}
