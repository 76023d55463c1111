using System.Text.Json.Nodes;

namespace ServerlessConcurrency.Tests;

public sealed class StoredSweepTests
{
    [Fact]
    public async Task A_sweep_is_shown_and_reported_again_from_its_folder()
    {
        using var folder = new TemporaryFolder();
        (string id, string file) = await SweepAsync(folder.Path);
        string report = Path.Combine(Path.GetDirectoryName(file)!, "report.html");
        File.Delete(report);

        (int exitCode, string shown, string error) = await Sconc.RunAsync(folder.Path, "show", id, "--connection", "none");
        Assert.True(exitCode == 0, error);
        Assert.Contains("Completed: 2 of 2 values of size.", shown, StringComparison.Ordinal);

        (exitCode, string json, _) = await Sconc.RunAsync(folder.Path, "show", id, "--json", "--connection", "none");
        Assert.Equal(0, exitCode);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(await File.ReadAllTextAsync(file)), JsonNode.Parse(json)));

        (exitCode, string files, _) = await Sconc.RunAsync(folder.Path, "report", id, "--connection", "none");
        Assert.Equal(0, exitCode);
        Assert.Contains("report.html", files.ReplaceLineEndings(""), StringComparison.Ordinal);
        Assert.True(File.Exists(report));
    }

    [Fact]
    public async Task A_sweep_that_is_not_there_or_damaged_is_bad_input()
    {
        using var folder = new TemporaryFolder();
        (string id, string file) = await SweepAsync(folder.Path);
        await File.WriteAllTextAsync(file, "{ \"id\": null }");

        await AssertBadAsync("is not a sweep as sweep writes it", id);
        await AssertBadAsync("show and report find a sweep where its folder is (--out)", id, "--out", "elsewhere");

        async Task AssertBadAsync(string expected, params string[] arguments)
        {
            (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, ["show", .. arguments, "--connection", "none"]);
            Assert.Equal(2, exitCode);
            Assert.Contains(expected, error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_model_that_fails_says_why_in_the_sweep()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, _) = await Sconc.RunAsync(
            folder.Path, "sweep", "-w", "delay:1:2", "-m", "sequential,processes", "--degree", "1", "--over", "size", "--values", "1,1500", "--rounds", "1", "--warmup-rounds", "0",
            "--task-timeout-seconds", "1", "--connection", "none");

        Assert.Equal(1, exitCode);
        Assert.Contains("invalid-runs", output, StringComparison.Ordinal);
        Assert.Contains("At size 1,500: In delay 1500 under processes, 1 run failed", output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    // Its id and the path of its sweep.json.
    private static async Task<(string Id, string File)> SweepAsync(string folder)
    {
        (int exitCode, string output, string error) = await Sconc.RunAsync(
            folder, "sweep", "-w", "sha256:1:4", "-m", "sequential,threads", "--over", "size", "--values", "10,100", "--rounds", "1", "--min-run-ms", "0", "--json", "--connection", "none");
        Assert.True(exitCode == 0, error);
        string id = JsonNode.Parse(output)!["id"]!.GetValue<string>();
        return (id, Path.Combine(folder, "results", id, "sweep.json"));
    }
}
