using System.Text.Json;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Tests;

public class OwnCodeTests(QueueStorage storage) : IClassFixture<QueueStorage>
{
    private static readonly string Library = Path.Combine(
        AppContext.BaseDirectory.Replace("ServerlessConcurrency.Tests", "ServerlessConcurrency.OwnCode", StringComparison.Ordinal),
        "ServerlessConcurrency.OwnCode.dll");

    [Fact]
    public async Task A_users_methods_compute_the_same_under_all_models_and_are_let_go_of_once_in_each_process()
    {
        using var folder = new TemporaryFolder();
        string disposed = Directory.CreateDirectory(Path.Combine(folder.Path, "disposed")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "items.ndjson"), """
            { "name": "first" }
            { "name": "second" }
            { "name": "third" }
            """);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "spec.json"), """
            {
              "$schema": "spec.schema.json",
              "workloads": [
                { "kind": "hashes", "tasks": 4 },
                { "kind": "naps", "size": 5, "tasks": 4, "nature": "io-bound" },
                { "kind": "reads", "items": "items.ndjson" }
              ],
              "rounds": 1, "warmupRounds": 0, "minRunMs": 0
            }
            """);

        using Sconc sconc = Sconc.Start(
            folder.Path, ("OWN_CODE_DISPOSED", disposed), "run", "spec.json", "--assembly", Library, "--connection", storage.ConnectionString, "--json");
        Assert.True(await sconc.WaitAsync() == 0, sconc.Error);

        ExperimentDocument experiment = Read(sconc.Out);
        Assert.Equal(30, experiment.Runs.Count(run => run.IsValid));
        Assert.All(experiment.Runs.GroupBy(run => run.Workload), workload => Assert.Single(workload.Select(run => run.Checksum).Distinct()));
        Assert.Equal(3, experiment.Runs.First(run => run.Workload == "reads").Tasks);
        Assert.Equal([WorkloadNature.CpuBound, WorkloadNature.IoBound], experiment.Spec.Workloads.Take(2).Select(workload => workload.Nature!.Value));
        Assert.Equal([TaskResults.Compared, TaskResults.None, TaskResults.Compared], experiment.Spec.Workloads.Select(workload => workload.Results!.Value));
        Assert.Contains(experiment.Findings, finding => finding.Code == "no-results");
        string[] processes = [.. Directory.GetFiles(disposed).Select(file => Path.GetFileName(file).Split('-')[0])];
        Assert.NotEmpty(processes);
        Assert.Equal(processes.Distinct(), processes);
    }

    [Fact]
    public async Task What_a_users_method_does_harms_nothing_but_its_own_run()
    {
        using var folder = new TemporaryFolder();
        var reasons = new Dictionary<string, string>
        {
            ["throws"] = "FormatException: this task is no good",
            ["exits"] = "exited with code 7",
            ["dies"] = "exited with code 8",
            ["overflows"] = "Stack overflow",
            ["allocates"] = "OutOfMemoryException",
            ["hangs"] = "took longer than the 2 s of taskTimeoutSeconds",
        };
        string workloads = string.Join(',', reasons.Keys.Concat(["strays", "guesses", "hashes"]).Select(kind => $"{kind}:1:6"));

        // 200 MB, so that it does not take all the memory of the machine to see what becomes of a method that wants it.
        using Sconc sconc = Sconc.Start(
            folder.Path, ("DOTNET_GCHeapHardLimit", "0xC000000"), "run", "-a", Library, "-w", workloads, "-m", "threads,processes", "--degree", "1", "--rounds", "1",
            "--warmup-rounds", "0", "--task-timeout-seconds", "2", "--drift-reference", "false", "--connection", "none", "--json");
        int exitCode = await sconc.WaitAsync();

        Assert.True(exitCode == 1, sconc.Error);
        ExperimentDocument experiment = Read(sconc.Out);
        Assert.Equal(ExperimentStatus.Completed, experiment.Status);
        Assert.Equal(18, experiment.Runs.Count);
        foreach (RunResult run in experiment.Runs)
        {
            string what = $"{run.Workload} {run.Model}: {run.Error}";
            if (reasons.TryGetValue(run.Workload, out string? reason))
                Assert.True(!run.IsValid && run.Error!.Contains(reason, StringComparison.Ordinal), what);
            else
                Assert.True(run.IsValid, what);
        }

        Assert.Contains(experiment.Findings, finding => finding.Code == "not-deterministic" && finding.Message.Contains("guesses", StringComparison.Ordinal));
        Assert.DoesNotContain(Directory.GetDirectories(Sconc.TemporaryFilesOf(folder.Path)), path => Path.GetFileName(path).StartsWith("sconc-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_experiment_that_is_resumed_with_other_items_tells_so()
    {
        using var folder = new TemporaryFolder();
        string items = Path.Combine(folder.Path, "items.ndjson");
        await File.WriteAllTextAsync(items, """{ "name": "first" }""");
        string[] run =
        [
            "run", "-a", Library, "-w", "reads:1:4", "--items", "items.ndjson", "-m", "sequential", "--rounds", "1", "--warmup-rounds", "0", "--connection", "none", "--json",
        ];
        (int exitCode, string output, string error) = await Sconc.RunAsync(folder.Path, run);
        Assert.True(exitCode == 0, error);
        ExperimentDocument document = Read(output);
        string path = Path.Combine(folder.Path, "results", document.Id, "experiment.json");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("\"status\": \"completed\"", "\"status\": \"cancelled\"", StringComparison.Ordinal));
        await File.WriteAllTextAsync(items, """{ "name": "second" }""");

        (exitCode, output, error) = await Sconc.RunAloneAsync(folder.Path, ["resume", document.Id, "-a", Library, "--connection", "none", "--json"]);

        Assert.True(exitCode == 0, error);
        Assert.Contains($"was measured with {document.Environment.OwnCode}, and this is ServerlessConcurrency.OwnCode.dll", error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.StartsWith($"{document.Environment.OwnCode}; since it was resumed ServerlessConcurrency.OwnCode.dll", Read(output).Environment.OwnCode, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_versions_are_measured_in_the_same_rounds_in_processes_of_their_own_and_compared()
    {
        using var folder = new TemporaryFolder();
        string earlier = Path.Combine(folder.Path, Path.GetFileName(Library));
        File.Copy(Library, earlier);
        string[] run =
        [
            "run", "-a", Library, "--against", earlier, "-w", "hashes:1:4", "-m", "sequential,processes", "--degree", "1", "--rounds", "2", "--warmup-rounds", "0",
            "--fail-above", "1.10", "--connection", "none", "--summary", "summary.md",
        ];

        (int exitCode, string output, string error) = await Sconc.RunAsync(folder.Path, run);

        // Two rounds decide nothing.
        Assert.True(exitCode == 1, error);
        Assert.Contains("compared with the earlier version", output, StringComparison.Ordinal);
        Assert.Contains("measure 6 rounds or more", output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("compared with the earlier version", await File.ReadAllTextAsync(Path.Combine(folder.Path, "summary.md")), StringComparison.Ordinal);
        string results = Directory.GetDirectories(Path.Combine(folder.Path, "results")).Single();
        ExperimentDocument experiment = Read(await File.ReadAllTextAsync(Path.Combine(results, "experiment.json")));
        Assert.Equal(["hashes", "hashes@against"], experiment.Spec.Workloads.Select(workload => workload.Kind));
        Assert.Equal((1.1, true), (experiment.Versions!.FailAbove, experiment.Versions.IsUndecidable));
        Assert.Equal(["sequential", "processes"], experiment.Versions.Runs.Select(runs => runs.Model));
        Assert.Single(experiment.Runs.Select(run => run.Checksum).Distinct());
        ILookup<string, string> processes = (await File.ReadAllLinesAsync(Path.Combine(results, "timings.csv"))).Skip(1)
            .Select(line => line.Split(',')).ToLookup(fields => fields[3], fields => fields[9]);
        Assert.Empty(processes["hashes"].Intersect(processes["hashes@against"]));
    }

    [Theory]
    [InlineData("hashes:1:4", "", "--against: is empty; expected the path of an assembly")]
    [InlineData("hashes:1:4", "nothing.dll", "nothing.dll cannot be read")]
    [InlineData("primes:100:4", null, "--against: has none of the workloads that are to be measured, primes; it has ")]
    [InlineData("hashs:1:4", null, "did you mean 'hashes'?")]
    public async Task What_is_wrong_with_an_earlier_version_is_told_before_anything_runs(string work, string? earlier, string expected)
    {
        using var folder = new TemporaryFolder();

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, "run", "-a", Library, "--against", earlier ?? Library, "-w", work, "--connection", "none");

        Assert.Equal(2, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("@against", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_without_an_earlier_version_is_bad_input()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, "run", "--fail-above", "1.1", "--connection", "none");

        Assert.Equal(2, exitCode);
        Assert.Contains("--against", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hashes:1:4", "nothing.dll", "nothing.dll cannot be read")]
    [InlineData("hashes:1:4", "Spectre.Console.dll", "has no public method with [Workload]")]
    [InlineData("hashes:1:4", "", "--assembly: is empty; expected the path of an assembly")]
    [InlineData("hashs:1:4", null, "did you mean 'hashes'?")]
    [InlineData("reads:1:4 --items none.json", null, "none.json cannot be read")]
    [InlineData("primes:1:4 --items none.json", null, "'primes' is built in")]
    public async Task What_is_wrong_is_told_before_anything_runs(string work, string? assembly, string expected)
    {
        using var folder = new TemporaryFolder();
        string path = assembly is null ? Library : assembly.Length == 0 ? "" : Path.Combine(AppContext.BaseDirectory, assembly);

        (int exitCode, _, string error) = await Sconc.RunAsync(
            folder.Path, ["run", "-a", path, "-w", .. work.Split(' '), "--connection", "none"]);

        Assert.Equal(2, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "results")));
    }

    [Fact]
    public async Task Help_lists_the_workloads_of_an_assembly_and_a_shell_completes_their_names()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string help, string error) = await Sconc.RunAsync(folder.Path, "run", "--help", "-a", Library);
        Assert.True(exitCode == 0, error);
        Assert.Matches(@"\n  primes +upper bound *\n(.*\n)*  hashes ", help);

        string commandLine = $"sconc run -a {Library} -w hash";
        Assert.Equal("hashes:\n", (await Sconc.RunAsync(folder.Path, $"[suggest:{commandLine.Length}]", commandLine)).Out);
    }

    [Fact]
    public async Task Help_is_there_though_an_assembly_cannot_be_used_and_says_why()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string help, string error) = await Sconc.RunAsync(folder.Path, "run", "--help", "-a", "nothing.dll", "-a", "");

        Assert.True(exitCode == 0, error);
        Assert.Matches(@"\n  primes +upper bound", help);
        Assert.Contains("nothing.dll cannot be read", help, StringComparison.Ordinal);
        Assert.Contains("Examples:", help, StringComparison.Ordinal);
    }

    private static ExperimentDocument Read(string json) => JsonSerializer.Deserialize<ExperimentDocument>(json, ExperimentJson.Compact)!;
}
