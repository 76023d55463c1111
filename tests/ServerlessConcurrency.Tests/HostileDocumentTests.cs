using System.Text.Json.Nodes;

namespace ServerlessConcurrency.Tests;

/// <summary>Documents that somebody else has written into the results folder.</summary>
public sealed class HostileDocumentTests : IDisposable
{
    private const string Id = "20261128-232535-rcb6";
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("show")]
    [InlineData("list")]
    public async Task What_commands_a_terminal_is_shown_as_text(string command)
    {
        Store(document =>
        {
            document["spec"]!["name"] = "\u001b]0;owned\u0007\u001b[2J";
            document["error"] = "a\u009b31mb";
            document["findings"] = new JsonArray(new JsonObject { ["code"] = "[red]\u001b[31m", ["severity"] = "warning", ["message"] = "[/] a \u202e b" });
        });

        string output = await RunAsync(command == "show" ? ["show", Id] : ["list"]);

        Assert.DoesNotContain(output, character => character is '\u001b' or '\u0007' or '\u009b' or '\u202e');
        Assert.Contains("␛]0;owned␇", output, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_folder_whose_name_commands_a_terminal_is_shown_as_text()
    {
        string output = await RunAsync("run", "-w", "delay:1:1", "-m", "sequential", "-r", "1", "--warmup-rounds", "0", "--out", "a\nb\u001b[31m");

        Assert.Contains("Files: a␊b␛[31m/", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public async Task An_export_that_fails_leaves_the_file_that_was_there()
    {
        Store(_ => { });
        string target = Path.Combine(_folder.Path, "timings.csv");
        await RunAsync("export", Id, "-o", target);
        string good = await File.ReadAllTextAsync(target);
        string path = Path.Combine(_folder.Path, "results", Id, "timings.csv");
        string[] lines = await File.ReadAllLinesAsync(path);
        lines[^2] = "nonsense";
        await File.WriteAllLinesAsync(path, lines);

        (int exitCode, _, string error) = await Sconc.RunAsync(_folder.Path, "export", Id, "-o", target, "--connection", "none");

        Assert.Equal(1, exitCode);
        Assert.Contains($"line {lines.Length - 1}", error, StringComparison.Ordinal);
        Assert.Equal(good, await File.ReadAllTextAsync(target));
        Assert.Equal(["timings.csv"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Missing_timings_are_told_and_none_at_all_are_an_error_of_an_export()
    {
        Store(_ => { });
        string path = Path.Combine(_folder.Path, "results", Id, "timings.csv");
        string[] lines = await File.ReadAllLinesAsync(path);
        await File.WriteAllLinesAsync(path, lines.SkipLast(1));
        (int exitCode, string output, string error) = await Sconc.RunAsync(_folder.Path, "export", Id, "--connection", "none");
        Assert.Equal((0, true), (exitCode, error.Contains("timings.csv: 1 timing of 1 run missing: 1 of r", StringComparison.Ordinal)));
        Assert.Equal(lines.SkipLast(1), output.TrimEnd('\n').Split('\n'));

        File.Delete(path);
        (exitCode, _, error) = await Sconc.RunAsync(_folder.Path, "export", Id, "--connection", "none");
        Assert.Equal((1, true), (exitCode, error.Contains("none of their timings is left", StringComparison.Ordinal)));
        (exitCode, _, error) = await Sconc.RunAsync(_folder.Path, "report", Id, "--connection", "none");
        Assert.Equal((0, true), (exitCode, error.Contains("timings.csv: ", StringComparison.Ordinal)));
    }

    public void Dispose() => _folder.Dispose();

    private void Store(Action<JsonNode> change)
    {
        string from = Path.Combine(AppContext.BaseDirectory, "Stored", "schema1", "files", Id);
        string to = Directory.CreateDirectory(Path.Combine(_folder.Path, "results", Id)).FullName;
        File.Copy(Path.Combine(from, "timings.csv"), Path.Combine(to, "timings.csv"));
        JsonNode document = JsonNode.Parse(File.ReadAllText(Path.Combine(from, "experiment.json")))!;
        change(document);
        File.WriteAllText(Path.Combine(to, "experiment.json"), document.ToJsonString());
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        (int exitCode, string output, string error) = await Sconc.RunAsync(_folder.Path, [.. arguments, "--connection", "none"]);
        Assert.True(exitCode == 0, error);
        return output;
    }
}
