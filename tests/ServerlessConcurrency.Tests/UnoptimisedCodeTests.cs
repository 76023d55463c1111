using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace ServerlessConcurrency.Tests;

/// <summary>What the program does where an assembly is loaded that was built in Debug and builds on ours, as that of a workload may.</summary>
public sealed class UnoptimisedCodeTests : IDisposable
{
    private const string Refusal =
        "cannot be measured: Thumbnails is built without optimisation; build in Release (dotnet build -c Release), or measure it all the same with --allow-debug";

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("run -w primes:100:2")]
    [InlineData("sweep -w primes:100:2 --over tasks --values 1,2")]
    [InlineData("claims --only C7 --quick")]
    public async Task It_is_refused_before_anything_is_measured(string command)
    {
        (int exitCode, string output, string error) = await RunAsync($"{command} --connection none");

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(Refusal, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(ResultsPath));
    }

    [Theory]
    [InlineData("run -w primes:100:2 -m sequential,processes --degree 1 --rounds 1 --min-run-ms 0")]
    [InlineData("claims --only C9 --quick --python none")]
    public async Task Allowed_it_is_measured_with_a_warning_in_every_output(string command)
    {
        (int exitCode, string output, string error) = await RunAsync($"{command} --connection none --allow-debug");

        Assert.True(exitCode == 0, error);
        string results = Directory.GetDirectories(ResultsPath).Single();
        var document = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(results, "experiment.json")))!;
        Assert.Equal("Debug", (string?)document["environment"]!["configuration"]);
        JsonNode finding = Assert.Single(document["findings"]!.AsArray(), finding => (string)finding!["code"]! == "unoptimised-code")!;
        Assert.Equal("warning", (string)finding["severity"]!);
        // Further on, lines are broken.
        Assert.Contains($"unoptimised-code: {((string)finding["message"]!)[..80]}", output, StringComparison.Ordinal);
        Assert.Contains($"<span>{finding["message"]}</span>", await File.ReadAllTextAsync(Path.Combine(results, "report.html")), StringComparison.Ordinal);
        Assert.Contains("Warning: The program or a workload was built without optimisation", await File.ReadAllTextAsync(Path.Combine(results, "report.md")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--over tasks --values 1,2")]
    [InlineData("--over cores --values 1,2")]
    public async Task Allowed_in_a_sweep_every_experiment_measures_it(string over)
    {
        if (over.Contains("cores", StringComparison.Ordinal) && (!OperatingSystem.IsLinux() || Environment.ProcessorCount < 2))
            return;

        (int exitCode, string output, string error) = await RunAsync(
            $"sweep -w primes:100:2 -m sequential {over} --rounds 1 --min-run-ms 0 --connection none --json --allow-debug");

        Assert.True(exitCode == 0, error);
        Assert.Equal([1, 2], JsonNode.Parse(output)!["findings"]!.AsArray()
            .Where(finding => (string)finding!["code"]! == "unoptimised-code").Select(finding => (int)finding!["value"]!));
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("--allow-debug", HttpStatusCode.Accepted)]
    public async Task Over_HTTP_it_is_refused_unless_it_is_allowed(string option, HttpStatusCode expected)
    {
        using Sconc server = Start($"serve --port 0 --connection none {option}");
        await Eventually.True(() => server.HasExited || server.Out.EndsWith('\n'), "the server tells its address");
        Assert.StartsWith("Listening on ", server.Out, StringComparison.Ordinal);
        using var http = new HttpClient { BaseAddress = new Uri(server.Out["Listening on ".Length..].Trim()) };
        using var spec = new StringContent(
            """{ "workloads": [ { "kind": "primes", "size": 100, "tasks": 2 } ], "models": [ "sequential" ] }""", Encoding.UTF8, "application/json");

        using HttpResponseMessage response = await http.PostAsync("api/experiments", spec);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(
            expected == HttpStatusCode.BadRequest ? Refusal : null, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["detail"]);
    }

    public void Dispose() => _folder.Dispose();

    private string ResultsPath => Path.Combine(_folder.Path, "results");

    private Sconc Start(string command) => Sconc.Start(
        _folder.Path,
        EmittedAssembly.SaveAsHook(_folder.Path, "Thumbnails", isOptimised: false),
        command.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private async Task<(int ExitCode, string Out, string Error)> RunAsync(string command)
    {
        using Sconc sconc = Start(command);
        int exitCode = await sconc.WaitAsync();
        return (exitCode, sconc.Out, sconc.Error);
    }
}
