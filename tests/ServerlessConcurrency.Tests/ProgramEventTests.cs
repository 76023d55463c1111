using System.Text.Json.Nodes;

namespace ServerlessConcurrency.Tests;

public class ProgramEventTests
{
    private static readonly string[] ShortRun =
        ["run", "-w", "sha256:10:2", "-m", "sequential,threads", "--rounds", "2", "--warmup-rounds", "1", "--connection", "none"];

    [Fact]
    public async Task Whoever_starts_the_program_for_events_gets_a_line_of_JSON_for_each()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await Sconc.RunAsync(folder.Path, [.. ShortRun, "--events", "outcome.json"]);

        Assert.True(exitCode == 0, error);
        Assert.Empty(output);
        Assert.Equal("completed", (string)OutcomeIn(folder)["status"]!);
        JsonNode[] progress = [.. EventsOf(error).Select(told => told["progress"]!)];
        int[] done = [.. progress.Select(each => (int)each["runsDone"]!)];
        Assert.Equal(done.Order(), done);
        Assert.Equal(Enumerable.Range(0, 7), done.Distinct());
        Assert.All(progress, each => Assert.Equal(6, (int)each["runsTotal"]!));
        Assert.Contains(progress, each => ((string?)each["currentRun"])?.Contains("threads", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_failure_is_told_by_the_document_and_where_to_find_what_was_measured_by_a_note()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "results"), "a file where the folder should be");

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, [.. ShortRun, "--events", "outcome.json"]);

        Assert.NotEqual(0, exitCode);
        Assert.NotEmpty(OutcomeIn(folder)["errors"]!.AsArray());
        Assert.All(EventsOf(error), told => Assert.NotNull(told["progress"] ?? told["note"]));
    }

    [Fact]
    public async Task Bad_input_is_told_by_the_document_alone()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, [.. ShortRun, "--seed", "x", "--events", "outcome.json"]);

        Assert.Equal(2, exitCode);
        Assert.Equal("seed", (string)OutcomeIn(folder)["errors"]![0]!["field"]!);
        Assert.Empty(EventsOf(error));
    }

    [LinuxFact]
    public async Task What_the_runtime_prints_in_a_pinned_program_is_not_taken_for_its_outcome()
    {
        using var folder = new TemporaryFolder();
        if (Environment.ProcessorCount == 1)
            return;
        using Sconc sconc = Sconc.Start(
            folder.Path,
            ("DOTNET_JitDisasmSummary", "1"),
            "sweep", "-w", "sha256:10:2", "-m", "sequential", "--over", "cores", "--values", "1,2", "--rounds", "1", "--min-run-ms", "0", "--connection", "none");

        Assert.True(await sconc.WaitAsync() == 0, sconc.Error);
    }

    private static JsonNode OutcomeIn(TemporaryFolder folder) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder.Path, "outcome.json")))!;

    private static IEnumerable<JsonNode> EventsOf(string error) =>
        error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).Where(told => !(bool)told["isAlive"]!);
}
