using System.Text.Json.Nodes;
using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Tests;

public class CoresTests(QueueStorage storage) : IClassFixture<QueueStorage>
{
    private static readonly string[] LongRun =
        ["run", "--cores", "1", "-w", "delay:20:40", "-m", "sequential,processes", "--rounds", "1000", "--warmup-rounds", "0", "--connection", "none"];

    private static readonly string[] Small = ["run", "-w", "sha256:10:2", "-m", "sequential", "--rounds", "1", "--connection", "none"];

    [LinuxFact]
    public async Task On_one_core_the_program_and_its_children_compute_one_second_a_second()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await Sconc.RunAsync(
            folder.Path, "run", "--cores", "1", "-w", "sha256:20000:8", "-m", "threads,processes", "--degree", "2", "--rounds", "2", "--warmup-rounds", "0", "--min-run-ms", "0", "--json", "--connection", "none");

        Assert.True(exitCode == 0, error);
        JsonNode experiment = JsonNode.Parse(output)!;
        Assert.Equal(1, (int)experiment["environment"]!["processors"]!);
        // In all: the two clocks are not read at the same moment.
        double[] sums = [.. new[] { "cpuMs", "wallMs" }.Select(time => experiment["runs"]!.AsArray().Sum(run => (double)run![time]!))];
        Assert.True(sums[0] <= 1.1 * sums[1], $"{sums[0]} ms of processor time in {sums[1]} ms");
        Assert.Contains(experiment["runs"]!.AsArray(), run => (string)run!["model"]! == "processes" && (int)run["hosts"]! == 2);
    }

    [LinuxFact]
    public async Task Fewer_cores_than_the_machine_has_are_told()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await Sconc.RunAsync(folder.Path, [.. Small, "--cores", "1"]);

        Assert.True(exitCode == 0, error);
        // The outputs are those of the pinned program.
        Assert.Contains("1 processor", output, StringComparison.Ordinal);
        Assert.Contains("2 of 2 runs done", error, StringComparison.Ordinal);
        string path = Assert.Single(Directory.GetFiles(folder.Path, "experiment.json", SearchOption.AllDirectories));
        (int machine, JsonNode? finding) = FewerCoresIn(await File.ReadAllTextAsync(path));
        if (machine > 1)
            Assert.Contains($"The program used 1 of the machine's {machine} processors (pinned to them)", (string)finding!["message"]!, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task An_experiment_on_one_core_is_resumed_on_one_core()
    {
        using var folder = new TemporaryFolder();
        (int exitCode, string output, string error) = await Sconc.RunAsync(folder.Path, [.. Small, "--cores", "1", "--json"]);
        Assert.True(exitCode == 0, error);
        string id = (string)JsonNode.Parse(output)!["id"]!;
        string path = Path.Combine(folder.Path, "results", id, "experiment.json");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("\"status\": \"completed\"", "\"status\": \"cancelled\"", StringComparison.Ordinal));

        if (Environment.ProcessorCount > 1)
        {
            (exitCode, _, error) = await Sconc.RunAsync(folder.Path, "resume", id, "--connection", "none");
            Assert.Equal(2, exitCode);
            Assert.Contains("figures of both do not go together; with --cores 1 they do", error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        }

        (exitCode, output, error) = await Sconc.RunAsync(folder.Path, "resume", id, "--cores", "1", "--connection", "none", "--json");
        Assert.True(exitCode == 0, error);
        Assert.Equal(("completed", 1), ((string)JsonNode.Parse(output)!["status"]!, (int)JsonNode.Parse(output)!["environment"]!["processors"]!));
    }

    [LinuxFact]
    public async Task As_many_cores_as_the_machine_has_are_nothing_to_tell()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await Sconc.RunAsync(folder.Path, [.. Small, "--json"]);

        Assert.True(exitCode == 0, error);
        (int machine, JsonNode? finding) = FewerCoresIn(output);
        // The test may itself be confined to fewer.
        Assert.Equal(Environment.ProcessorCount < machine, finding is not null);
    }

    [LinuxFact]
    public async Task Every_process_of_a_pinned_program_has_the_same_single_processor()
    {
        using var folder = new TemporaryFolder();
        using Sconc sconc = Sconc.Start(folder.Path, LongRun);
        await Eventually.True(() => sconc.Descendants().Count >= 2, "the program and its workers run");
        (int ProcessId, string CommandLine)[] all = [.. sconc.Descendants()];

        string here = Sconc.AllowedProcessorsOf(Environment.ProcessId);
        string lowest = here.Split('-', ',')[0];
        Assert.All(all, child => Assert.Equal(lowest, Sconc.AllowedProcessorsOf(child.ProcessId)));
        Assert.Equal(here, Sconc.AllowedProcessorsOf(sconc.ProcessId));

        sconc.Signal("TERM");
        Assert.Equal(130, await sconc.WaitAsync());
        await AssertGoneAsync(all);
    }

    [LinuxFact]
    public async Task Ctrl_C_to_the_program_alone_reaches_the_pinned_one_and_keeps_what_was_measured()
    {
        using var folder = new TemporaryFolder();
        using Sconc sconc = Sconc.Start(folder.Path, [.. LongRun, "--json"]);
        await UntilMeasuredAsync(folder.Path);

        sconc.Signal("INT");

        await AssertCancelledAsync(sconc);
    }

    [LinuxFact]
    public async Task A_second_Ctrl_C_ends_a_pinned_program_that_stands_still()
    {
        using var folder = new TemporaryFolder();
        using Sconc sconc = Sconc.Start(folder.Path, LongRun);
        await UntilMeasuredAsync(folder.Path);
        (int ProcessId, string CommandLine)[] all = [.. sconc.Descendants()];
        Sconc.Signal(sconc.Children().Single().ProcessId, "STOP");

        sconc.Signal("INT");
        // What comes twice at once counts once.
        await Task.Delay(1_100);
        Assert.False(sconc.HasExited);
        sconc.Signal("TERM");

        Task<int> ended = sconc.WaitAsync();
        // On a busy machine the first may have come late, so that both came at once.
        while (await Task.WhenAny(ended, Task.Delay(TimeSpan.FromSeconds(15))) != ended)
            sconc.Signal("TERM");
        Assert.Equal(130, await ended);
        await AssertGoneAsync(all);
    }

    [LinuxFact]
    public async Task Ctrl_C_that_both_get_counts_once()
    {
        using var folder = new TemporaryFolder();
        using Sconc sconc = Sconc.Start(folder.Path, [.. LongRun, "--json"]);
        await UntilMeasuredAsync(folder.Path);

        Sconc.Signal(sconc.Children().Single().ProcessId, "INT");
        sconc.Signal("INT");

        await AssertCancelledAsync(sconc);
    }

    [LinuxFact]
    public async Task A_killed_program_takes_the_pinned_one_with_it()
    {
        using var folder = new TemporaryFolder();
        using Sconc sconc = Sconc.Start(folder.Path, LongRun);
        await UntilMeasuredAsync(folder.Path);
        (int ProcessId, string CommandLine)[] all = [.. sconc.Descendants()];

        sconc.Signal("KILL");
        await sconc.WaitAsync();

        Assert.NotEmpty(all);
        await AssertGoneAsync(all);
    }

    [LinuxFact]
    public async Task Azurite_is_shared_with_the_pinned_program_and_not_pinned_itself()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await Sconc.RunAsync(
            folder.Path, "run", "--cores", "1", "-w", "sha256:10:4", "-m", "queue", "--rounds", "1", "--json");

        Assert.True(exitCode == 0, error);
        string id = (string)JsonNode.Parse(output)!["id"]!;
        Assert.Contains(id, (await Sconc.RunAsync(folder.Path, "list")).Out, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_sweep_over_cores_runs_each_value_on_so_many_and_tells_for_which_instances_they_stand()
    {
        using var folder = new TemporaryFolder();
        // A machine with a single processor has no second value.
        if (Environment.ProcessorCount == 1)
            return;

        (int exitCode, string output, string error) = await Sconc.RunAsync(
            folder.Path, "sweep", "-w", "sha256:2000:8", "-m", "threads", "--over", "cores", "--values", "1,2", "--rounds", "1", "--min-run-ms", "0", "--json",
            "--connection", storage.ConnectionString);

        Assert.True(exitCode == 0, error);
        JsonNode sweep = JsonNode.Parse(output)!;
        Assert.Equal([1, 2], sweep["experiments"]!.AsArray().Select(one => (int)one!["processors"]!));
        Assert.Equal([1, 2], sweep["results"]!.AsArray().Where(entry => (string)entry!["model"]! == "threads").Select(entry => (int)entry!["degree"]!));
        Assert.Contains("2 cores for 4,096 MB", (string)sweep["remarks"]![0]!, StringComparison.Ordinal);
        string listed = (await Sconc.RunAsync(folder.Path, "list", "--connection", storage.ConnectionString)).Out;
        Assert.All(sweep["experiments"]!.AsArray(), one => Assert.Contains((string)one!["id"]!, listed, StringComparison.Ordinal));
        // What its programs tell it, it tells people: how far the sweep is, so none twice.
        string[] lines = error.TrimEnd().Split('\n');
        Assert.All(lines, line => Assert.Matches("^[0-9]+ of 8 runs done$", line));
        Assert.Equal("8 of 8 runs done", lines[^1]);
        Assert.Equal(lines.Distinct(), lines);
    }

    [LinuxFact]
    public async Task Ctrl_C_ends_a_sweep_over_cores_with_what_was_measured()
    {
        using var folder = new TemporaryFolder();
        using Sconc sconc = Sconc.Start(
            folder.Path, "sweep", "-w", "delay:20:40", "-m", "sequential", "--rounds", "1000", "--over", "cores", "--values", "1,2", "--json", "--connection", "none");
        if (Environment.ProcessorCount == 1)
            return;
        await UntilMeasuredAsync(folder.Path);
        (int ProcessId, string CommandLine)[] all = [.. sconc.Descendants()];

        sconc.Signal("TERM");
        int exitCode = await sconc.WaitAsync();

        Assert.True(exitCode == 130, sconc.Error);
        JsonNode experiment = Assert.Single(JsonNode.Parse(sconc.Out)!["experiments"]!.AsArray())!;
        Assert.Equal("cancelled", (string)experiment["status"]!);
        await AssertGoneAsync(all);
    }

    [LinuxFact]
    public async Task A_sweep_over_cores_ends_a_program_that_stands_still()
    {
        using var folder = new TemporaryFolder();
        if (Environment.ProcessorCount == 1)
            return;
        using Sconc sconc = Sconc.Start(
            folder.Path, "sweep", "-w", "delay:20:40", "-m", "sequential", "--rounds", "1000", "--over", "cores", "--values", "1,2", "--patience", "0", "--connection", "none");
        await UntilMeasuredAsync(folder.Path);
        (int ProcessId, string CommandLine)[] all = [.. sconc.Descendants()];

        Sconc.Signal(sconc.Children().Single().ProcessId, "STOP");

        Assert.Equal(1, await sconc.WaitAsync());
        Assert.Contains("was not heard of for 10 s and was ended", sconc.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        await AssertGoneAsync(all);
        Assert.Contains("failed", (await Sconc.RunAsync(folder.Path, "list", "--connection", "none")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.25", "a quota of time")]
    [InlineData("0", "0 is out of range; this program may use 1 to ")]
    [InlineData("100000", "100000 is out of range; this program may use 1 to ")]
    [InlineData("99999999999", "99999999999 is out of range; this program may use 1 to ")]
    [InlineData("two", "'two' is not a whole number; expected 1 to ")]
    public async Task What_is_no_number_of_processors_here_is_refused(string cores, string message)
    {
        using var folder = new TemporaryFolder();

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, "run", "--cores", cores, "--connection", "none");

        Assert.Equal(2, exitCode);
        Assert.StartsWith("error: the command line: --cores: ", error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    private static (int Machine, JsonNode? Finding) FewerCoresIn(string json)
    {
        JsonNode experiment = JsonNode.Parse(json)!;
        return (
            (int)experiment["environment"]!["limits"]!["machine"]!,
            experiment["findings"]!.AsArray().SingleOrDefault(finding => (string)finding!["code"]! == "fewer-cores"));
    }

    private static async Task AssertCancelledAsync(Sconc sconc)
    {
        int exitCode = await sconc.WaitAsync();
        Assert.True(exitCode == 130, sconc.Error);
        JsonNode experiment = JsonNode.Parse(sconc.Out)!;
        Assert.Equal("cancelled", (string)experiment["status"]!);
        Assert.NotEmpty(experiment["runs"]!.AsArray());
    }

    private static Task UntilMeasuredAsync(string folder) => Eventually.True(
        () => Directory.EnumerateFiles(folder, "timings.csv", SearchOption.AllDirectories).Any(path => new FileInfo(path).Length > 10_000),
        "some runs were measured");

    private static Task AssertGoneAsync((int ProcessId, string CommandLine)[] processes) => Eventually.True(
        () => Array.TrueForAll(processes, process => !SystemProcesses.IsRunning(process.ProcessId)),
        "every process the program had started is gone");
}
