using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace ServerlessConcurrency.Tests;

public sealed class CompareTests
{
    private static readonly ConcurrentDictionary<int, Lazy<Task<string>>> Measured = new();

    [Fact]
    public async Task A_regression_has_an_exit_code_of_its_own_and_the_other_way_round_is_fine()
    {
        using var folder = new TemporaryFolder();
        string measured = await MeasuredAsync(folder.Path);
        string fast = WithTimes(folder.Path, measured, "fast.json", round => 100 + round);
        string slow = WithTimes(folder.Path, measured, "slow.json", round => 200 + round);

        (int exitCode, string output, string error) = await CompareAsync(folder.Path, fast, slow, "--fail-above", "1.10");
        Assert.True(exitCode == 4, error);
        Assert.Contains("slower, regression", output, StringComparison.Ordinal);
        Assert.Contains("2 of 2 became slower than 1.10 times, or failed.", output, StringComparison.Ordinal);

        (exitCode, output, _) = await CompareAsync(folder.Path, slow, fast, "--fail-above", "1.10");
        Assert.Equal(0, exitCode);
        Assert.Contains("None of 2 is shown to be slower than 1.10 times.", output, StringComparison.Ordinal);

        // Without a limit it only tells.
        Assert.Equal(0, (await CompareAsync(folder.Path, fast, slow)).ExitCode);
    }

    [Fact]
    public async Task CI_gets_a_summary_and_a_test_for_each_comparison()
    {
        using var folder = new TemporaryFolder();
        string measured = await MeasuredAsync(folder.Path);
        string fast = WithTimes(folder.Path, measured, "fast.json", round => 100 + round);
        string slow = WithTimes(folder.Path, measured, "slow.json", round => 200 + round);
        string summary = Path.Combine(folder.Path, "summary.md");
        await File.WriteAllTextAsync(summary, "What stood there before.");

        (int exitCode, _, string error) = await CompareAsync(folder.Path, fast, slow, "--fail-above", "1.10", "--summary", "summary.md", "--junit", "junit.xml");

        Assert.True(exitCode == 4, error);
        string[] lines = await File.ReadAllLinesAsync(summary);
        Assert.Equal("What stood there before.", lines[0]);
        Assert.Matches("^### .* compared with ", lines[1]);
        Assert.Contains("**2 of 2 became slower than 1.10 times, or failed.**", lines);
        XElement suite = XDocument.Load(Path.Combine(folder.Path, "junit.xml")).Root!.Element("testsuite")!;
        Assert.Equal(2, suite.Elements("testcase").Count(test => test.Element("failure") is not null));
        Assert.Matches("^103.5 ms before, 203.5 ms after: 1.97 times as long .95 % CI .*, where 1.10 is allowed$", (string)suite.Descendants("failure").First().Attribute("message")!);
    }

    [LinuxFact]
    public async Task What_is_no_file_is_written_to_and_stays_what_it_is()
    {
        using var folder = new TemporaryFolder();
        string one = await MeasuredAsync(folder.Path);
        string[] links = [Path.Combine(folder.Path, "junit.xml"), Path.Combine(folder.Path, "summary.md")];
        foreach (string link in links)
            File.CreateSymbolicLink(link, Path.GetFileName(link) + ".target");

        (int exitCode, _, string error) = await CompareAsync(folder.Path, one, one, "--junit", links[0], "--summary", links[1]);

        Assert.True(exitCode == 0, error);
        Assert.All(links, link =>
        {
            Assert.NotNull(new FileInfo(link).LinkTarget);
            Assert.NotEmpty(File.ReadAllText($"{link}.target"));
        });

        // A pipe takes both, too.
        (exitCode, string output, error) = await ShellAsync(folder.Path, $"'{Sconc.Executable}' compare '{one}' '{one}' --junit pipe --summary pipe --connection none --json >out");
        Assert.True(exitCode == 0, error);
        Assert.Contains("<testsuite", output, StringComparison.Ordinal);
        Assert.Contains("### ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_stored_experiments_are_compared_by_their_ids()
    {
        using var folder = new TemporaryFolder();
        string one = Path.GetFileName(Path.GetDirectoryName(await MeasureAsync(folder.Path, rounds: 1)))!;
        string other = Path.GetFileName(Path.GetDirectoryName(await MeasureAsync(folder.Path, rounds: 1)))!;

        (int exitCode, string output, string error) = await CompareAsync(folder.Path, one, other, "--json");

        Assert.True(exitCode == 0, error);
        using var json = JsonDocument.Parse(output);
        Assert.Equal((one, other), (json.RootElement.GetProperty("before").GetString(), json.RootElement.GetProperty("after").GetString()));
        JsonElement runs = json.RootElement.GetProperty("runs");
        Assert.Equal(2, runs.GetArrayLength());
        Assert.True(runs[0].GetProperty("ratio").GetDouble() > 0);
    }

    [Fact]
    public async Task Too_few_rounds_for_a_limit_are_no_success()
    {
        using var folder = new TemporaryFolder();
        string measured = await MeasuredAsync(folder.Path, rounds: 2);
        string one = WithTimes(folder.Path, measured, "fast.json", round => 100 + round);
        string slow = WithTimes(folder.Path, measured, "slow.json", round => 3_000 + round);

        (int exitCode, string output, _) = await CompareAsync(folder.Path, one, slow, "--fail-above", "1.10");

        Assert.Equal(1, exitCode);
        Assert.Contains("measure 6 rounds or more of each", output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("Not decided: too few rounds", output, StringComparison.Ordinal);

        (exitCode, output, _) = await CompareAsync(folder.Path, one, one, "--json");
        Assert.Equal((0, 6), (exitCode, JsonNode.Parse(output)!["roundsNeeded"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("spec", null, "$.spec")]
    [InlineData("environment", null, "$.environment")]
    [InlineData("runs", null, "$.runs")]
    [InlineData("runs", "[null]", "$.runs: element 0 is null")]
    [InlineData("spec.workloads", null, "$.spec.workloads")]
    [InlineData("spec.models", "[null]", "$.spec.models: element 0 is null")]
    [InlineData("runs.0.wallMs", "0", "runs[0].wallMs: 0 is out of range; expected a time above 0")]
    [InlineData("runs.0.model", null, "$.runs[0].model")]
    public async Task A_damaged_file_is_bad_input_and_the_field_is_named(string field, string? value, string expected)
    {
        using var folder = new TemporaryFolder();
        string path = await MeasuredAsync(folder.Path, rounds: 1);
        JsonNode experiment = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        string[] steps = field.Split('.');
        JsonNode parent = steps[..^1].Aggregate(experiment, (node, step) => int.TryParse(step, out int index) ? node[index]! : node[step]!);
        parent[steps[^1]] = value is null ? null : JsonNode.Parse(value);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "damaged.json"), experiment.ToJsonString());

        (int exitCode, _, string error) = await CompareAsync(folder.Path, path, "damaged.json");

        Assert.Equal(2, exitCode);
        Assert.Contains("damaged.json", error, StringComparison.Ordinal);
        Assert.Contains(expected, error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistakes_are_named()
    {
        using var folder = new TemporaryFolder();
        string one = await MeasuredAsync(folder.Path);
        JsonNode larger = JsonNode.Parse(await File.ReadAllTextAsync(one))!;
        foreach (JsonNode? sized in larger["runs"]!.AsArray().Append(larger["spec"]!["workloads"]![0]))
            sized!["size"] = 2_001;
        string other = Path.Combine(folder.Path, "larger.json");
        await File.WriteAllTextAsync(other, larger.ToJsonString());
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "broken.json"), "{ \"id\": 7 }");

        await AssertBadAsync("--fail-above: 0.5 is out of range; expected 1 to 1000", one, one, "--fail-above", "0.5");
        await AssertBadAsync("the experiments have no workload, size, number of tasks and model in common", one, other);
        await AssertBadAsync("broken.json: is not an experiment as run writes it", one, "broken.json");
        await AssertBadAsync("--summary: is empty; expected the path of a file", one, one, "--summary", "");
        await AssertBadAsync("--junit: 'nowhere/junit.xml' is in a folder that does not exist", one, one, "--junit", "nowhere/junit.xml");
        await AssertBadAsync("--junit: '.' is a folder", one, one, "--junit", ".");
        await AssertBadAsync("nowhere.json: there is no such file", one, "nowhere.json");
        await AssertBadAsync("results/nowhere: there is no such file", "results/nowhere", one);
        await AssertBadAsync("'nonsense' is not an experiment id", one, "nonsense");
        await AssertBadAsync("there is no experiment 20260131-093000-none in this storage", one, "20260131-093000-none");

        async Task AssertBadAsync(string expected, params string[] arguments)
        {
            (int exitCode, _, string error) = await CompareAsync(folder.Path, arguments);
            Assert.Equal(2, exitCode);
            Assert.Contains(expected, error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        }
    }

    // Reads what a command writes into a pipe, which is opened for as long as it runs.
    private static async Task<(int ExitCode, string Out, string Error)> ShellAsync(string folder, string command)
    {
        using Process shell = Process.Start(new ProcessStartInfo("sh", ["-c", $"mkfifo pipe; cat pipe & {{ {command}; code=$?; }} 3>pipe; wait; exit $code"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> error = shell.StandardError.ReadToEndAsync();
        string output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return (shell.ExitCode, output, await error);
    }

    private static Task<(int ExitCode, string Out, string Error)> CompareAsync(string folder, params string[] arguments) =>
        Sconc.RunAsync(folder, ["compare", .. arguments, "--connection", "none"]);

    // The path of a file that a run of so many rounds wrote; measured once.
    private static async Task<string> MeasuredAsync(string folder, int rounds = 6)
    {
        string document = await Measured.GetOrAdd(rounds, static rounds => new(async () =>
        {
            using var own = new TemporaryFolder();
            return await File.ReadAllTextAsync(await MeasureAsync(own.Path, rounds));
        })).Value;
        string path = Path.Combine(folder, "measured.json");
        await File.WriteAllTextAsync(path, document);
        return path;
    }

    // The path of its experiment.json.
    private static async Task<string> MeasureAsync(string folder, int rounds = 6)
    {
        (int exitCode, string output, string error) = await Sconc.RunAsync(
            folder, "run", "-w", "primes:2000:8", "-m", "sequential,threads", "--rounds", $"{rounds}", "--min-run-ms", "0", "--json", "--connection", "none");
        Assert.True(exitCode == 0, error);
        return Path.Combine(folder, "results", JsonNode.Parse(output)!["id"]!.GetValue<string>(), "experiment.json");
    }

    // A copy whose wall times are made up: what is measured differs by more than any test could promise.
    private static string WithTimes(string folder, string path, string name, Func<int, double> wallMs)
    {
        JsonNode experiment = JsonNode.Parse(File.ReadAllText(path))!;
        foreach (JsonNode? run in experiment["runs"]!.AsArray())
            run!["wallMs"] = wallMs(run["round"]!.GetValue<int>());
        string copy = Path.Combine(folder, name);
        File.WriteAllText(copy, experiment.ToJsonString());
        return copy;
    }
}
