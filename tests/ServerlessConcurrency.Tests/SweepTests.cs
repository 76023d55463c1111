using System.Text.Json.Nodes;

namespace ServerlessConcurrency.Tests;

public class SweepTests
{
    private static readonly string[] OverSize =
        ["sweep", "-w", "sha256:1:8", "-m", "sequential,threads,processes", "--degree", "1", "--over", "size", "--min-run-ms", "0", "--connection", "none"];

    [Fact]
    public async Task A_sweep_runs_an_experiment_for_each_value_and_says_what_they_tell_together()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await Sconc.RunAsync(
            folder.Path, [.. OverSize, "--values", "10,1000,100", "--rounds", "2", "--name", "hashes", "--json"]);

        Assert.True(exitCode == 0, error);
        JsonNode sweep = JsonNode.Parse(output)!;
        Assert.Equal("completed", (string)sweep["status"]!);
        Assert.Equal("size", (string)sweep["over"]!);
        Assert.Equal([10, 100, 1000], sweep["values"]!.AsArray().Select(value => (int)value!));
        Assert.Equal([10, 1000, 100], sweep["experiments"]!.AsArray().Select(one => (int)one!["value"]!));
        Assert.Equal(9, sweep["results"]!.AsArray().Count);
        Assert.Equal(
            ["threads", "processes"],
            sweep["breakEvens"]!.AsArray().Where(one => (string)one!["reference"]! == "sequential").Select(one => (string)one!["model"]!));
        Assert.All(sweep["breakEvens"]!.AsArray(), one => Assert.Equal("undecided", (string)one!["outcome"]!));
        string results = Path.Combine(folder.Path, "results");
        string own = Path.Combine(results, (string)sweep["id"]!);
        Assert.Equal(["report.html", "sweep.json", "sweep.md"], Directory.GetFiles(own).Select(Path.GetFileName).Order());
        Assert.True(JsonNode.DeepEquals(sweep, JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(own, "sweep.json")))));
        await AssertExperimentAsync(folder.Path, (string)sweep["experiments"]![1]!["id"]!, "hashes [size=1000]", size: 1000);
    }

    [Fact]
    public async Task People_get_tables_break_even_points_and_files()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await Sconc.RunAsync(folder.Path, [.. OverSize, "--values", "10,20000", "--rounds", "6"]);

        Assert.True(exitCode == 0, error);
        Assert.Matches("size +sequential +threads +processes", output);
        Assert.Contains("20,000", output, StringComparison.Ordinal);
        Assert.Contains("Break-even points", output, StringComparison.Ordinal);
        Assert.Contains("sha256: processes ", output, StringComparison.Ordinal);
        Assert.Contains("report.html, sweep.md, sweep.json", output, StringComparison.Ordinal);
        Assert.Contains("42 of 42 runs done", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sweep_over_degree_fits_the_scalability_law()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await Sconc.RunAsync(
            folder.Path,
            "sweep", "-w", "delay:50:8", "-m", "threads", "--over", "degree", "--values", "1,2,4,8", "--rounds", "3", "--json", "--connection", "none");

        Assert.True(exitCode == 0, error);
        JsonNode fit = JsonNode.Parse(output)!["fits"]!.AsArray().Single(one => (string)one!["model"]! == "threads")!;
        Assert.Null(fit["noFit"]);
        Assert.Equal([1, 2, 4, 8], fit["points"]!.AsArray().Select(point => (int)point!["degree"]!));
        // Threads that only wait scale well: an eighth of the time, but for what a busy machine adds.
        Assert.True((double)fit["points"]![3]!["tasksPerSecond"]! > (double)fit["points"]![0]!["tasksPerSecond"]!);
        Assert.Equal(1000, (int)fit["extrapolation"]!["degree"]!);
    }

    [Fact]
    public async Task A_sweep_over_the_tasks_in_flight_shows_what_a_bound_costs()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await Sconc.RunAsync(
            folder.Path, "sweep", "-w", "delay:50:16", "-m", "async", "--over", "inFlight", "--values", "1,16", "--rounds", "3", "--json", "--connection", "none");

        Assert.True(exitCode == 0, error);
        JsonNode sweep = JsonNode.Parse(output)!;
        Assert.Equal("inFlight", (string)sweep["over"]!);
        Assert.Empty(sweep["fits"]!.AsArray());
        double[] medians = [.. sweep["results"]!.AsArray().Where(one => (string)one!["model"]! == "async").Select(one => (double)one!["medianMs"]!)];
        Assert.True(medians[0] > medians[1]);
    }

    [Fact]
    public async Task Every_mistake_is_told_at_once_with_the_value_that_has_it()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await Sconc.RunAsync(
            folder.Path, "sweep", "-w", "sha256:1:8", "--rounds", "0", "--over", "tasks", "--values", "1,two,200000", "--connection", "none");

        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.Equal(
            [
                "error: 3 mistakes in the sweep:",
                "  values: 'two' is not a whole number",
                "  rounds: 0 is out of range; expected 1 to 1000",
                "  values: 200000: workloads[0].tasks: 200000 is out of range; expected 1 to 100000",
            ],
            error.TrimEnd().Split('\n'));
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "results")));
    }

    [Theory]
    [InlineData("--values=1,2")]
    [InlineData("--over=size")]
    public async Task Variable_and_values_must_both_be_given(string only)
    {
        using var folder = new TemporaryFolder();

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, "sweep", only);

        Assert.Equal(2, exitCode);
        Assert.Contains("is required", error, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Ctrl_C_keeps_what_was_measured_and_analyses_the_values_that_are_complete()
    {
        using var folder = new TemporaryFolder();
        using Sconc sconc = Sconc.Start(
            folder.Path, "sweep", "-w", "delay:1:2", "-m", "sequential,threads", "--over", "size", "--values", "1,2,50000", "--rounds", "2", "--connection", "none", "--json");
        await Eventually.True(() => ExperimentsOf(folder.Path).Length == 4, "the third experiment runs beside the sweep's own folder");
        await Eventually.True(() => sconc.Children().Count == 0, "nothing else is under way");

        sconc.Signal("INT");
        int exitCode = await sconc.WaitAsync();

        Assert.True(exitCode == 130, sconc.Error);
        JsonNode sweep = JsonNode.Parse(sconc.Out)!;
        Assert.Equal("cancelled", (string)sweep["status"]!);
        Assert.Equal(["completed", "completed", "cancelled"], sweep["experiments"]!.AsArray().Select(one => (string)one!["status"]!));
        Assert.Equal([1, 1, 2, 2], sweep["results"]!.AsArray().Select(entry => (int)entry!["value"]!));
        Assert.Contains("2 of 3 values", (string)sweep["remarks"]![0]!, StringComparison.Ordinal);
        string stored = await File.ReadAllTextAsync(Path.Combine(folder.Path, "results", (string)sweep["id"]!, "sweep.json"));
        Assert.True(JsonNode.DeepEquals(sweep, JsonNode.Parse(stored)));
    }

    [LinuxFact]
    public async Task A_killed_sweep_leaves_what_its_complete_values_say()
    {
        using var folder = new TemporaryFolder();
        using Sconc sconc = Sconc.Start(
            folder.Path, "sweep", "-w", "delay:1:2", "-m", "sequential", "--over", "size", "--values", "1,50000", "--rounds", "1", "--connection", "none");
        await Eventually.True(() => ExperimentsOf(folder.Path).Length == 3, "the second experiment runs");

        sconc.Signal("KILL");
        await sconc.WaitAsync();

        string path = Directory.GetFiles(folder.Path, "sweep.json", SearchOption.AllDirectories).Single();
        JsonNode sweep = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        Assert.Equal("running", (string)sweep["status"]!);
        Assert.Equal(1, (int)sweep["results"]![0]!["value"]!);
    }

    private static string[] ExperimentsOf(string folder)
    {
        string results = Path.Combine(folder, "results");
        return Directory.Exists(results) ? Directory.GetDirectories(results) : [];
    }

    private static async Task AssertExperimentAsync(string folder, string id, string name, int size)
    {
        JsonNode experiment = JsonNode.Parse((await Sconc.RunAsync(folder, "show", id, "--json", "--connection", "none")).Out)!;
        Assert.Equal(name, (string)experiment["spec"]!["name"]!);
        Assert.All(experiment["runs"]!.AsArray(), run => Assert.Equal(size, (int)run!["size"]!));
        string[] files = ["experiment.json", "report.html", "report.md", "timings.csv", "trace.json"];
        Assert.Equal(files, Directory.GetFiles(Path.Combine(folder, "results", id)).Select(Path.GetFileName).Order());
    }
}
