namespace ServerlessConcurrency.Tests;

public class SpecMistakesTests
{
    [Fact]
    public async Task A_spec_with_ten_mistakes_gives_ten_messages_that_name_field_and_bound()
    {
        (int exitCode, string output, string error) = await RunAsync(
            """
            {
              "name": "", "degree": 257, "rounds": 0, "warmupRounds": -1, "precision": 1.5, "velocity": 3,
              "models": ["sequential", "fibers"],
              "workloads": [ { "kind": "prime", "size": 10, "tasks": 1 }, { "kind": "delay", "size": 0, "tasks": 100001 } ]
            }
            """u8.ToArray());

        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        string[] lines = error.TrimEnd().Split('\n');
        Assert.Equal("error: 10 mistakes in spec.json:", lines[0]);
        Assert.Equal(
            ["degree", "models[1]", "name", "precision", "rounds", "velocity", "warmupRounds", "workloads[0].kind",
                "workloads[1].size", "workloads[1].tasks"],
            lines.Skip(1).Select(line => line.Trim().Split(": ")[0]).Order(StringComparer.Ordinal));
        Assert.Contains("257 is out of range; expected 1 to 256", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_file_is_said_to_be_empty()
    {
        (int exitCode, _, string error) = await RunAsync([]);

        Assert.Equal(2, exitCode);
        Assert.Equal("error: spec.json: is empty; expected a JSON object with at least the field 'workloads'\n", error);
    }

    [Fact]
    public async Task A_binary_file_is_said_not_to_be_JSON()
    {
        (int exitCode, _, string error) = await RunAsync([0x7F, 0x45, 0x4C, 0x46, 0, 1, 2, 0xFF]);

        Assert.Equal(2, exitCode);
        Assert.StartsWith("error: spec.json: is not valid JSON at line 1, byte 1", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_50_MB_is_refused_without_being_read()
    {
        (int exitCode, _, string error) = await RunAsync(new byte[50_000_000]);

        Assert.Equal(2, exitCode);
        Assert.Equal("error: spec.json: has 50,000,000 bytes; a spec has at most 1,048,576\n", error);
    }

    [Fact]
    public async Task A_missing_file_is_said_to_be_missing()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, "run", "nowhere.json");

        Assert.Equal(2, exitCode);
        Assert.Equal("error: nowhere.json: there is no such file\n", error);
    }

    [Theory]
    [InlineData("--sped")]
    [InlineData("--degree=0")]
    [InlineData("--in-flight=0")]
    [InlineData("--workloads=primes:10")]
    public async Task A_mistake_on_the_command_line_is_bad_input(string argument)
    {
        using var folder = new TemporaryFolder();

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, "run", argument);

        Assert.Equal(2, exitCode);
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_json_the_mistakes_are_the_document_on_standard_output()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, _) = await Sconc.RunAsync(folder.Path, "run", "--rounds", "0", "--json");

        Assert.Equal(2, exitCode);
        using var json = System.Text.Json.JsonDocument.Parse(output);
        Assert.Equal("rounds", json.RootElement.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("--models=queue", "'queue' needs storage")]
    [InlineData("--workloads=blob:4:2", "'blob' needs storage")]
    [InlineData("--models=durable", "'durable' needs storage, which --connection none rules out")]
    public async Task What_cannot_run_here_is_refused_by_name(string argument, string message)
    {
        using var folder = new TemporaryFolder();

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, "run", "--connection", "none", argument);

        Assert.Equal(2, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, ".azurite")));
    }

    [Fact]
    public async Task Warm_up_rounds_of_a_cold_start_are_refused()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, _, string error) = await Sconc.RunAsync(
            folder.Path, "run", "--cold-start", "--warmup-rounds", "1", "--min-run-ms", "-1", "--connection", "none");

        Assert.Equal(2, exitCode);
        Assert.Contains("warmupRounds: 1 is not 0", error, StringComparison.Ordinal);
        Assert.Contains("minRunMs: -1 is out of range", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--top: '1,5' is not a whole number; expected 1 to 2147483647", "list", "--top", "1,5")]
    [InlineData("--top: 0 is out of range; expected 1 to 2147483647", "list", "--top", "0")]
    [InlineData("--port: '7,171' is not a whole number; expected 0 to 65535", "serve", "--port", "7,171")]
    [InlineData("--fail-above: '1,1' is not a number; expected 1 to 1000", "compare", "a.json", "b.json", "--fail-above", "1,1")]
    [InlineData("--patience: '0,5' is not a number; expected 0 to 3600", "list", "--patience", "0,5")]
    [InlineData("--seed: '4,2' is not a whole number", "claims", "--seed", "4,2")]
    [InlineData("degree: \"1,5\" is not a whole number; expected 1 to 256", "run", "--degree", "1,5")]
    [InlineData("precision: \"0,05\" is not a number", "run", "--precision", "0,05")]
    [InlineData("--cores: '0,5' is not a whole number", "run", "--cores", "0,5")]
    public async Task A_comma_in_a_number_is_a_mistake(string mistake, params string[] arguments)
    {
        using var folder = new TemporaryFolder();

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, [.. arguments, "--connection", "none"]);

        Assert.Equal(2, exitCode);
        Assert.Contains(mistake, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("show")]
    [InlineData("delete")]
    [InlineData("export")]
    [InlineData("report")]
    public async Task An_unknown_experiment_is_bad_input(string command)
    {
        using var folder = new TemporaryFolder();

        (int exitCode, _, string error) = await Sconc.RunAsync(
            folder.Path, command, "20260101-000000-aaaa", "--connection", "none");

        Assert.Equal(2, exitCode);
        Assert.Contains("there is no experiment 20260101-000000-aaaa", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told_and_nothing_is_said_to_be_in_it()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "results"), "a file");

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, "run", "-w", "delay:1:1", "-m", "sequential", "-r", "1", "--connection", "none");

        Assert.Equal(1, exitCode);
        Assert.Contains("No file was written. Work in a folder you may write to, or name one with --out", error, StringComparison.Ordinal);
        Assert.DoesNotContain("What was measured", error, StringComparison.Ordinal);
    }

    [LinuxTheory]
    [InlineData("/dev/zero", "/dev/zero: has more than 1,048,576 bytes; a spec has at most 1,048,576")]
    [InlineData(".", ".: is a folder; expected a file")]
    public async Task What_is_no_file_of_a_spec_is_told_by_what_it_is(string path, string mistake)
    {
        using var folder = new TemporaryFolder();

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, "run", path, "--connection", "none");

        Assert.Equal(2, exitCode);
        Assert.Contains(mistake, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UTF_16_is_told()
    {
        (int exitCode, _, string error) = await RunAsync([0xFF, 0xFE, 0x7B, 0, 0x7D, 0]);

        Assert.Equal(2, exitCode);
        Assert.Contains("spec.json: is UTF-16; expected UTF-8", error, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Out, string Error)> RunAsync(byte[] spec)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "spec.json"), spec);
        return await Sconc.RunAsync(folder.Path, "run", "spec.json");
    }
}
