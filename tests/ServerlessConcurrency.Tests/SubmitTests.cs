using System.Text.Json.Nodes;
using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Tests;

public sealed class SubmitTests(SharedServer shared, QueueStorage storage) : IClassFixture<SharedServer>, IClassFixture<QueueStorage>
{
    private static readonly string[] Files = ["experiment.json", "report.html", "report.md", "timings.csv", "trace.json"];
    private static readonly string[] ShortRun = ["-w", "primes:500:6,delay:2:6", "-m", "sequential,async,processes", "--degree", "1", "--rounds", "3", "--min-run-ms", "0"];
    private static readonly string[] LongRun = ["-w", "delay:20:20", "-m", "async,processes", "--degree", "1", "--drift-reference", "false", "--rounds", "1000"];

    [Fact]
    public async Task A_submitted_experiment_is_shown_and_kept_as_run_does()
    {
        Serving server = shared.Serving;
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await Sconc.RunAsync(folder.Path, ["submit", .. ShortRun, .. At(server)]);

        Assert.True(exitCode == 0, error);
        string id = IdIn(folder.Path);
        foreach (string file in Files)
            Assert.Equal(await ReadAsync(server.ResultsOf(id), file), await ReadAsync(Path.Combine(folder.Path, "results", id), file));
        (_, string shown, _) = await Sconc.RunAsync(server.Folder, "show", id, "--connection", "none");
        Assert.Equal(shown, output);
        // Nothing but files: no storage was opened.
        Assert.Equal(["results", "tmp"], folder.Entries.Select(entry => Path.GetFileName(entry)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task With_json_the_document_is_the_one_the_server_has()
    {
        Serving server = shared.Serving;
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await Sconc.RunAsync(
            folder.Path, ["submit", .. ShortRun, .. At(server), "--json", "--quiet"]);

        Assert.True(exitCode == 0, error);
        Assert.Empty(error);
        JsonNode document = JsonNode.Parse(output)!;
        Assert.True(JsonNode.DeepEquals(document, await server.GetAsync((string)document["id"]!)));
    }

    [Fact]
    public async Task Mistakes_that_the_server_finds_are_shown_as_run_shows_them()
    {
        Serving server = shared.Serving;
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "spec.json"),
            """{ "degree": 257, "velocity": 3, "models": ["fibers"], "workloads": [ { "kind": "prime", "size": 10, "tasks": 1 } ] }""");

        (int exitCode, string output, string error) = await Sconc.RunAsync(
            folder.Path, ["submit", "spec.json", "--rounds", "0", .. At(server)]);
        (_, _, string local) = await Sconc.RunAsync(folder.Path, "run", "spec.json", "--rounds", "0", "--connection", "none");

        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.StartsWith("error: 5 mistakes in spec.json:", error, StringComparison.Ordinal);
        Assert.Equal(local, error);
    }

    [LinuxFact]
    public async Task Ctrl_C_leaves_the_experiment_running_and_says_how_to_find_it_again()
    {
        using Serving server = await Serving.StartAsync();
        using var folder = new TemporaryFolder();
        using Sconc submit = Sconc.Start(folder.Path, ["submit", .. LongRun, .. At(server)]);
        string id = await IdOnAsync(server);
        await server.UntilAsync(id, "running", runsDone: 5);

        submit.Signal("INT");

        Assert.Equal(130, await submit.WaitAsync());
        Assert.Contains($"sconc submit --id {id} --endpoint {server.Address.ToString().TrimEnd('/')}", submit.Error, StringComparison.Ordinal);
        Assert.Equal("running", (string)(await server.GetAsync(id))["status"]!);

        using Sconc again = Sconc.Start(folder.Path, ["submit", "--id", id, .. At(server), "--json"]);
        using HttpResponseMessage cancelled = await server.Http.PostAsync($"experiments/{id}/cancel", null);
        Assert.Equal(130, await again.WaitAsync());
        Assert.Equal("cancelled", (string)JsonNode.Parse(again.Out)!["status"]!);
        Assert.Equal(
            await ReadAsync(server.ResultsOf(id), "timings.csv"), await ReadAsync(Path.Combine(folder.Path, "results", id), "timings.csv"));
    }

    [LinuxFact]
    public async Task A_server_that_was_killed_and_started_again_tells_that_the_experiment_is_lost()
    {
        using Serving server = await Serving.StartAsync();
        using var folder = new TemporaryFolder();
        using Sconc submit = Sconc.Start(folder.Path, ["submit", .. LongRun, .. At(server)]);
        string id = await IdOnAsync(server);
        await server.UntilAsync(id, "running", runsDone: 5);

        server.Process.Signal("KILL");
        await server.Process.WaitAsync();
        await Eventually.True(() => submit.Error.Contains("trying again", StringComparison.Ordinal), "the client notices");
        using Serving restarted = await Serving.StartAsync(server.Folder, server.Address.Port);
        int exitCode = await submit.WaitAsync();

        Assert.True(exitCode == 1, submit.Error);
        Assert.Contains("error: abandoned: the program that ran it ended before it was done", submit.Error, StringComparison.Ordinal);
        Assert.Equal("failed", (string)(await restarted.GetAsync(id))["status"]!);
    }

    [LinuxFact]
    public async Task A_server_that_does_not_come_back_is_given_up_with_a_word_on_how_to_go_on()
    {
        using Serving server = await Serving.StartAsync();
        using var folder = new TemporaryFolder();
        using Sconc submit = Sconc.Start(folder.Path, ["submit", .. LongRun, .. At(server), "--patience", "1"]);
        string id = await IdOnAsync(server);
        await server.UntilAsync(id, "running", runsDone: 1);

        server.Process.Signal("KILL");
        int exitCode = await submit.WaitAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains("does not answer", submit.Error, StringComparison.Ordinal);
        Assert.Contains($"--id {id}", submit.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", submit.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_storage_the_queue_is_at_hand_and_the_experiment_is_in_the_storage_too()
    {
        string[] connection = ["--connection", storage.ConnectionString];
        using Serving server = await Serving.StartAsync(connection[1]);
        using var folder = new TemporaryFolder();
        string[] run = ["-w", "primes:500:20,blob:4:20", "-m", "sequential,queue", "--degree", "1", "--rounds", "2", "--min-run-ms", "0"];

        (int exitCode, string output, string error) = await Sconc.RunAsync(folder.Path, ["submit", .. run, .. At(server)]);

        Assert.True(exitCode == 0, error);
        string id = IdIn(folder.Path);
        (_, string exported, _) = await Sconc.RunAsync(server.Folder, ["export", id, .. connection]);
        Assert.Equal(await ReadAsync(Path.Combine(folder.Path, "results", id), "timings.csv"), exported, ignoreLineEndingDifferences: true);
        Assert.Equal((await Sconc.RunAsync(server.Folder, ["show", id, .. connection])).Out, output);
        Assert.Equal(System.Net.HttpStatusCode.NoContent, (await server.Http.DeleteAsync($"experiments/{id}")).StatusCode);
        Assert.DoesNotContain(id, (await Sconc.RunAsync(server.Folder, ["list", .. connection])).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_cannot_be_written_cost_the_files_and_not_the_table()
    {
        Serving server = shared.Serving;
        using var folder = new TemporaryFolder();
        string id = await server.PostAsync("""{ "workloads": [ { "kind": "primes", "size": 100, "tasks": 4 } ], "models": ["sequential"], "rounds": 2 }""");
        string results = Directory.CreateDirectory(Path.Combine(folder.Path, "results")).FullName;
        await File.WriteAllTextAsync(Path.Combine(results, id), "in the way");

        (int exitCode, string output, string error) = await Sconc.RunAsync(folder.Path, ["submit", "--id", id, .. At(server)]);

        Assert.Equal(1, exitCode);
        Assert.Contains("primes", output, StringComparison.Ordinal);
        Assert.Contains("the experiment is on the server", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_experiment_that_is_not_on_the_server_is_bad_input()
    {
        Serving server = shared.Serving;
        using var folder = new TemporaryFolder();

        (int exitCode, _, string error) = await Sconc.RunAsync(
            folder.Path, ["submit", "--id", "20260101-000000-aaaa", .. At(server)]);

        Assert.Equal(2, exitCode);
        Assert.Contains("there is no experiment 20260101-000000-aaaa", error, StringComparison.Ordinal);
    }

    private static string[] At(Serving server) => ["--endpoint", server.Address.ToString()];

    private static string IdIn(string folder) => Path.GetFileName(Directory.GetDirectories(Path.Combine(folder, "results")).Single());

    private static async Task<string> IdOnAsync(Serving server)
    {
        string results = Path.Combine(server.Folder, "results");
        await Eventually.True(
            () => Directory.Exists(results) && Directory.EnumerateFiles(results, "timings.csv", SearchOption.AllDirectories).Any(),
            "the server has begun the experiment");
        return IdIn(server.Folder);
    }

    private static Task<string> ReadAsync(string folder, string file) => File.ReadAllTextAsync(Path.Combine(folder, file));
}
