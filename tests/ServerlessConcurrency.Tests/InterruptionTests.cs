using System.Globalization;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Storage.Connections;
using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Tests;

public class InterruptionTests(QueueStorage queueStorage) : IClassFixture<QueueStorage>
{
    private const int OneRound = 3 * 40;

    private static readonly string[] SixtyTasks =
    [
        "run", "-w", "file:4096:60", "--degree", "2", "--rounds", "1", "--warmup-rounds", "0", "--drift-reference", "false", "--json",
    ];

    private static readonly string[] LongRun =
    [
        "run", "-w", "delay:5:40", "-m", "async,processes,queue", "--degree", "1", "--rounds", "1000", "--warmup-rounds", "0",
        "--drift-reference", "false", "--min-run-ms", "0",
    ];

    [LinuxFact]
    public async Task Ctrl_C_keeps_what_was_measured_and_leaves_no_process()
    {
        using var folder = new TemporaryFolder();
        using Sconc sconc = Sconc.Start(folder.Path, LongRun);
        await Eventually.True(() => RowsOf(folder.Path) > OneRound, "every model was measured");
        (int ProcessId, string CommandLine)[] children = [.. sconc.Children()];
        (int deleted, _, string refusal) = await Sconc.RunAsync(folder.Path, "delete", IdOf(folder.Path));
        Assert.Equal(1, deleted);
        Assert.Contains("has not ended", refusal, StringComparison.Ordinal);

        sconc.Signal("INT");
        int exitCode = await sconc.WaitAsync();

        Assert.Equal(130, exitCode);
        Assert.NotEmpty(children);
        await AssertGoneAsync(children);
        // Or each command would start an Azurite of its own.
        await using StorageConnection storage = await StorageConnection.OpenAsync(StorageConnection.Auto, workingFolder: folder.Path);
        string id = IdOf(folder.Path);
        JsonNode shown = JsonNode.Parse((await Sconc.RunAsync(folder.Path, "show", id, "--json")).Out)!;
        Assert.Equal("cancelled", (string)shown["status"]!);
        Assert.Equal(RowsOf(folder.Path), 40 * shown["runs"]!.AsArray().Count);
        Assert.NotEmpty(shown["analysis"]!.AsArray());
        string exported = (await Sconc.RunAsync(folder.Path, "export", id)).Out;
        Assert.Equal(RowsOf(folder.Path), exported.TrimEnd().Split('\n').Length - 1);
    }

    [LinuxFact]
    public async Task Files_that_were_removed_meanwhile_are_told()
    {
        using var folder = new TemporaryFolder();
        using Sconc sconc = Sconc.Start(
            folder.Path, "run", "-w", "delay:5:4", "-m", "sequential", "--rounds", "1000", "--warmup-rounds", "0", "--drift-reference", "false", "--connection", "none");
        await Eventually.True(() => RowsOf(folder.Path) > 4, "it measures");
        File.Delete(Directory.EnumerateFiles(folder.Path, "timings.csv", SearchOption.AllDirectories).Single());

        sconc.Signal("INT");
        await sconc.WaitAsync();

        Assert.Contains("removed while it was", sconc.Error, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_killed_program_leaves_no_process_but_what_it_had_measured()
    {
        using var folder = new TemporaryFolder();
        using Sconc sconc = Sconc.Start(folder.Path, LongRun);
        await Eventually.True(() => RowsOf(folder.Path) > OneRound, "every model was measured");
        (int ProcessId, string CommandLine)[] children = [.. sconc.Children()];

        sconc.Signal("KILL");
        await sconc.WaitAsync();

        Assert.Contains(children, child => child.CommandLine.Contains("azurite", StringComparison.Ordinal));
        Assert.Contains(children, child => child.CommandLine.EndsWith(" worker", StringComparison.Ordinal));
        await AssertGoneAsync(children);
        Assert.True(RowsOf(folder.Path) > OneRound);
        await using StorageConnection storage = await StorageConnection.OpenAsync(StorageConnection.Auto, workingFolder: folder.Path);
        string id = IdOf(folder.Path);
        JsonNode listed = JsonNode.Parse((await Sconc.RunAsync(folder.Path, "list", "--json")).Out)![0]!;
        JsonNode shown = JsonNode.Parse((await Sconc.RunAsync(folder.Path, "show", id, "--json")).Out)!;
        Assert.Equal((id, "failed", "failed"), ((string)listed["id"]!, (string)listed["status"]!, (string)shown["status"]!));
        Assert.StartsWith("abandoned", (string)shown["error"]!, StringComparison.Ordinal);
        string exported = (await Sconc.RunAsync(folder.Path, "export", id)).Out;
        // The last run may be in the files and not yet in the storage.
        Assert.InRange(exported.TrimEnd().Split('\n').Length - 1, OneRound, RowsOf(folder.Path));
        Assert.Equal(0, (await Sconc.RunAsync(folder.Path, "delete", id)).ExitCode);
    }

    [LinuxFact]
    public async Task Storage_that_goes_down_in_mid_run_is_exit_code_3_and_the_files_have_what_was_measured()
    {
        using var folder = new TemporaryFolder();
        using Sconc sconc = Sconc.Start(folder.Path, [.. LongRun, "--patience", "5"]);
        await Eventually.True(() => RowsOf(folder.Path) > OneRound, "every model was measured");

        // So that nobody starts another one meanwhile.
        using var taken = new FileStream(Path.Combine(folder.Path, ".azurite", "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        int azurite = sconc.Children().First(child => child.CommandLine.Contains("azurite", StringComparison.Ordinal)).ProcessId;
        Sconc.Signal(azurite, "KILL");
        int exitCode = await sconc.WaitAsync();

        Assert.True(exitCode == 3, sconc.Error);
        Assert.DoesNotContain("   at ", sconc.Error, StringComparison.Ordinal);
        string document = await File.ReadAllTextAsync(Path.Combine(folder.Path, "results", IdOf(folder.Path), "experiment.json"));
        JsonNode experiment = JsonNode.Parse(document)!;
        Assert.Equal("failed", (string)experiment["status"]!);
        Assert.Equal(RowsOf(folder.Path), 40 * experiment["runs"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("3601")]
    public async Task A_patience_out_of_range_is_bad_input(string seconds)
    {
        using var folder = new TemporaryFolder();

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, "list", $"--patience={seconds}", "--connection", "none");

        Assert.Equal(2, exitCode);
        Assert.Contains($"--patience: {seconds} is out of range; expected 0 to 3600", error, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_killed_child_process_costs_a_retry_and_no_task()
    {
        using var folder = new TemporaryFolder();
        await AssertSurvivesAsync(folder.Path, [.. SixtyTasks, "-m", "processes", "--connection", "none"], tasks: 60);
    }

    [LinuxFact]
    public async Task A_killed_queue_worker_costs_a_second_delivery_and_no_task()
    {
        using var folder = new TemporaryFolder();
        await AssertSurvivesAsync(folder.Path, [.. SixtyTasks, "-m", "queue", "--connection", queueStorage.ConnectionString], tasks: 60);
    }

    private static async Task AssertSurvivesAsync(string folder, string[] run, int tasks)
    {
        using Sconc sconc = Sconc.Start(folder, run);
        int? worker = null;
        await Eventually.True(() => (worker = WorkerAfterSomeTasks(folder, sconc.ProcessId)) is not null, "a worker has executed tasks");
        Sconc.Signal(worker!.Value, "KILL");
        int exitCode = await sconc.WaitAsync();

        Assert.True(exitCode == 0, sconc.Error);
        JsonNode experiment = JsonNode.Parse(sconc.Out)!;
        Assert.Equal(0, (int)experiment["runs"]![0]!["failed"]!);
        Assert.Equal(1, (int)experiment["runs"]![0]!["processesLost"]!);
        string[][] rows = [.. (await File.ReadAllLinesAsync(Path.Combine(folder, "results", (string)experiment["id"]!, "timings.csv")))
            .Skip(1).Select(line => line.Split(','))];
        string[][] succeeded = [.. rows.Where(row => row[^1] == "succeeded")];
        Assert.Equal(Enumerable.Range(0, tasks), succeeded.Select(row => int.Parse(row[7], CultureInfo.InvariantCulture)).Order());
        Assert.Contains(succeeded, row => row[8] == "2");
        Assert.Contains("retries", experiment["findings"]!.AsArray().Select(finding => (string)finding!["code"]!));
    }

    // The names of the files that a worker writes tell its process id and how many there were before. The first few are written to
    // warm up, by the program itself too.
    private static int? WorkerAfterSomeTasks(string folder, int program)
    {
        string[] parts = Directory.EnumerateFiles(Sconc.TemporaryFilesOf(folder), "sconc-*.tmp", SearchOption.AllDirectories)
            .Select(path => Path.GetFileNameWithoutExtension(path).Split('-'))
            .FirstOrDefault(parts => int.Parse(parts[1], CultureInfo.InvariantCulture) != program
                && int.Parse(parts[^1], CultureInfo.InvariantCulture) > 12) ?? [];
        return parts.Length == 0 ? null : int.Parse(parts[1], CultureInfo.InvariantCulture);
    }

    private static Task AssertGoneAsync((int ProcessId, string CommandLine)[] children) => Eventually.True(
        () => Array.TrueForAll(children, child => !SystemProcesses.IsRunning(child.ProcessId)),
        "every process the program had started is gone");

    private static string IdOf(string folder) =>
        Path.GetFileName(Directory.GetDirectories(Path.Combine(folder, "results")).Single());

    private static int RowsOf(string folder)
    {
        string results = Path.Combine(folder, "results");
        string? csv = Directory.Exists(results) ? Directory.EnumerateFiles(results, "timings.csv", SearchOption.AllDirectories).FirstOrDefault() : null;
        if (csv is null)
            return 0;
        using var reader = new StreamReader(new FileStream(csv, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Count(character => character == '\n') - 1;
    }
}
