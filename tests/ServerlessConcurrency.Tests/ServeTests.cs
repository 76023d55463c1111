using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace ServerlessConcurrency.Tests;

public class ServeTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Long = """{ "workloads": [ { "kind": "delay", "size": 20, "tasks": 20 } ], "models": ["async", "processes"], "degree": 1, "driftReference": false, "rounds": 1000 }""";
    private const string Short = """{ "workloads": [ { "kind": "primes", "size": 100, "tasks": 4 } ], "models": ["sequential", "threads"], "rounds": 2 }""";

    [Fact]
    public async Task Experiments_run_one_at_a_time_in_the_order_in_which_they_came_and_can_be_ended_and_removed()
    {
        Serving server = shared.Serving;
        string first = await server.PostAsync(Long);
        string second = await server.PostAsync(Short);
        string third = await server.PostAsync(Short);
        await server.UntilAsync(first, "running", runsDone: 5);
        Assert.Equal("pending", (string)(await server.GetAsync(second))["status"]!);

        using HttpResponseMessage withdrawn = await server.Http.PostAsync($"experiments/{second}/cancel", null);
        using HttpResponseMessage cancelled = await server.Http.PostAsync($"experiments/{first}/cancel", null);
        await server.UntilAsync(third, "completed");

        Assert.Equal("cancelled", (string)(await JsonAsync(withdrawn))["status"]!);
        JsonNode kept = await JsonAsync(cancelled);
        Assert.Equal("cancelled", (string)kept["status"]!);
        Assert.NotEmpty(kept["runs"]!.AsArray());
        Assert.NotEmpty(kept["analysis"]!.AsArray());
        Assert.Equal(["begins", "has"], LogOf(server, first));
        Assert.Empty(LogOf(server, second));
        Assert.Equal(HttpStatusCode.NoContent, (await server.Http.DeleteAsync($"experiments/{first}")).StatusCode);
        Assert.False(Directory.Exists(server.ResultsOf(first)));
    }

    [Fact]
    public async Task An_experiment_that_is_deleted_while_it_runs_leaves_nothing_behind()
    {
        Serving server = shared.Serving;
        string running = await server.PostAsync(Long);
        string waiting = await server.PostAsync(Short);
        await server.UntilAsync(running, "running", runsDone: 3);

        foreach (string id in new[] { waiting, running })
        {
            HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => server.Http.DeleteAsync($"experiments/{id}")));

            Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.NoContent);
            Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotFound, $"{answer.StatusCode}"));
        }

        Assert.All(new[] { waiting, running }, id => Assert.False(Directory.Exists(server.ResultsOf(id))));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Http.GetAsync($"experiments/{running}")).StatusCode);
    }

    [Fact]
    public async Task The_waiting_line_is_bounded()
    {
        Serving server = shared.Serving;
        string running = await server.PostAsync(Long);
        await server.UntilAsync(running, "running");
        List<string> waiting = [];
        while (waiting.Count < 100)
            waiting.Add(await server.PostAsync(Short));
        int stored = Directory.GetDirectories(Path.Combine(server.Folder, "results")).Length;

        var tooMany = await Assert.ThrowsAsync<HttpRequestException>(() => server.PostAsync(Short));

        Assert.Equal(HttpStatusCode.TooManyRequests, tooMany.StatusCode);
        Assert.Equal(stored, Directory.GetDirectories(Path.Combine(server.Folder, "results")).Length);
        await Task.WhenAll(waiting.Append(running).Select(id => server.Http.DeleteAsync($"experiments/{id}")));
    }

    [LinuxFact]
    public async Task Ctrl_C_keeps_what_was_measured_cancels_what_waits_and_is_a_success()
    {
        using Serving server = await Serving.StartAsync();
        string running = await server.PostAsync(Long);
        string waiting = await server.PostAsync(Short);
        await server.UntilAsync(running, "running", runsDone: 10);
        (int ProcessId, string CommandLine)[] children = [.. server.Process.Children()];
        using var events = new StreamReader(await server.Http.GetStreamAsync($"experiments/{running}/events"));

        server.Process.Signal("INT");
        int exitCode = await server.Process.WaitAsync();

        Assert.True(exitCode == 0, server.Process.Error);
        Assert.Contains("\"status\":\"cancelled\"", (await events.ReadToEndAsync()).TrimEnd().Split("\n\n")[^1], StringComparison.Ordinal);
        await Eventually.True(
            () => Array.TrueForAll(children, child => !SystemProcesses.IsRunning(child.ProcessId)), "no process is left");
        JsonNode kept = await ShowAsync(server.Folder, running);
        Assert.Equal("cancelled", (string)kept["status"]!);
        Assert.NotEmpty(kept["runs"]!.AsArray());
        int rows = (await File.ReadAllLinesAsync(Path.Combine(server.ResultsOf(running), "timings.csv"))).Length - 1;
        Assert.Equal(20 * kept["runs"]!.AsArray().Count, rows);
        JsonNode never = await ShowAsync(server.Folder, waiting);
        Assert.Equal("cancelled", (string)never["status"]!);
        Assert.Empty(never["runs"]!.AsArray());
    }

    [LinuxFact]
    public async Task An_Azurite_that_dies_is_started_again_and_what_waits_is_not_used_up()
    {
        using Serving server = await Serving.StartAsync("auto");
        string running = await server.PostAsync(Long);
        string[] waiting = [await server.PostAsync(Short), await server.PostAsync(Short)];
        await server.UntilAsync(running, "running", runsDone: 3);

        string saved = Path.Combine(server.Folder, ".azurite", "data", "__azurite_db_table__.json");
        await Eventually.True(() => Array.TrueForAll(waiting, id => File.ReadAllText(saved).Contains(id, StringComparison.Ordinal)), "Azurite has saved them");

        JsonNode instance = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(server.Folder, ".azurite", "instance.json")))!;
        Sconc.Signal((int)instance["pid"]!, "KILL");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.Http.GetAsync("health")).StatusCode);
        await Eventually.True(() => server.Http.GetAsync("health").GetAwaiter().GetResult().IsSuccessStatusCode, "the storage is back");
        using HttpResponseMessage cancelled = await server.Http.PostAsync($"experiments/{running}/cancel", null);

        foreach (string id in waiting)
            await server.UntilAsync(id, "completed");
        Assert.Contains("The storage emulator runs again.", server.Process.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_a_clear_error()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await Sconc.RunAsync(
            folder.Path, "serve", "--connection", "none", "--port", $"{port}");

        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        Assert.Equal($"error: port {port} is in use; choose another with --port, or 0 for any that is free\n", error);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("65536")]
    [InlineData("x")]
    public async Task A_port_that_is_none_is_bad_input(string port)
    {
        using var folder = new TemporaryFolder();

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, "serve", "--connection", "none", $"--port={port}");

        Assert.Equal(2, exitCode);
        Assert.Contains("--port", error, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task With_json_the_address_is_one_line_of_JSON()
    {
        using var folder = new TemporaryFolder();
        using Sconc server = Sconc.Start(folder.Path, "serve", "--connection", "none", "--port", "0", "--json");
        await Eventually.True(() => server.Out.EndsWith('\n'), "the server tells its address");
        string url = (string)JsonNode.Parse(server.Out)!["url"]!;
        using var http = new HttpClient();

        Assert.Contains("healthy", await http.GetStringAsync(new Uri($"{url}/api/health")), StringComparison.Ordinal);
        server.Signal("TERM");
        Assert.Equal(0, await server.WaitAsync());
        Assert.Single(server.Out.TrimEnd().Split('\n'));
    }

    private static async Task<JsonNode> ShowAsync(string folder, string id) =>
        JsonNode.Parse((await Sconc.RunAsync(folder, "show", id, "--json", "--connection", "none")).Out)!;

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    // The second word of each line about an experiment.
    private static IEnumerable<string> LogOf(Serving server, string id) => server.Process.Error.Split('\n')
        .Where(line => line.StartsWith(id, StringComparison.Ordinal)).Select(line => line.Split(' ')[1].TrimEnd(':'));
}
