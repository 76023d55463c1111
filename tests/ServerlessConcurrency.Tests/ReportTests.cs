using System.Text.Json.Nodes;

namespace ServerlessConcurrency.Tests;

public sealed class ReportTests
{
    private const string Timeline = "id=\"timeline\"";
    private const string Script = "<script";

    [Fact]
    public async Task A_report_has_a_timeline_of_the_stored_timings_and_a_static_one_no_script()
    {
        using var folder = new TemporaryFolder();
        string[] none = ["--connection", "none"];
        (int exitCode, string output, string error) = await Sconc.RunAsync(
            folder.Path, ["run", "-w", "delay:1:4", "--models", "sequential", "--rounds", "1", "--warmup-rounds", "0", "--json", .. none]);
        Assert.True(exitCode == 0, error);
        string id = (string)JsonNode.Parse(output)!["id"]!;
        string path = Path.Combine(folder.Path, "results", id, "report.html");
        string written = await File.ReadAllTextAsync(path);

        Assert.Equal(0, (await Sconc.RunAsync(folder.Path, ["report", id, "--static", .. none])).ExitCode);
        string without = await File.ReadAllTextAsync(path);
        Assert.Equal(0, (await Sconc.RunAsync(folder.Path, ["report", id, .. none])).ExitCode);

        Assert.Contains(Timeline, written, StringComparison.Ordinal);
        Assert.Contains(Script, written, StringComparison.Ordinal);
        Assert.DoesNotContain(Script, without, StringComparison.Ordinal);
        Assert.Contains("class=\"strips", without, StringComparison.Ordinal);
        Assert.Equal(written, await File.ReadAllTextAsync(path));
    }
}
