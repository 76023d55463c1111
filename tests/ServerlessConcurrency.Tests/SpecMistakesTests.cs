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
    public Task A_comma_in_a_number_is_a_mistake(string mistake, params string[] arguments) => RefusesAsync(mistake, arguments);

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

    [LinuxTheory]
    [InlineData(2, "--out: 'results' is, or is below, a file; expected a folder")]
    [InlineData(2, "--out: 'results' is, or is below, a file; expected a folder", "--out", "results")]
    [InlineData(2, "--out: 'results/of/today' is, or is below, a file; expected a folder", "--out", "results/of/today")]
    [InlineData(2, "--out: 'lost' is, or is below, a link to no folder; expected a folder", "--out", "lost")]
    [InlineData(2, "--out: is empty; expected the path of a folder", "--out", "")]
    [InlineData(1, "--out: '/proc/self' cannot be written to; work in a folder you may write to, or name one: ", "--out", "/proc/self")]
    public async Task What_can_be_no_folder_for_results_is_told_before_anything_is_measured(int expectedCode, string mistake, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "results"), "a file");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "lost"), "nowhere");

        (int exitCode, string output, string error) = await Sconc.RunAsync(
            folder.Path, ["run", "-w", "delay:1:1", "-m", "sequential", "-r", "1", "--connection", "none", .. arguments]);

        Assert.Equal(expectedCode, exitCode);
        Assert.Empty(output);
        Assert.Contains(mistake, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_for_results_that_is_too_long_is_told()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, _, string error) = await Sconc.RunAsync(
            folder.Path, "run", "-w", "delay:1:1", "-m", "sequential", "-r", "1", "--connection", "none", "--out", new string('a', 300));

        Assert.Equal(2, exitCode);
        Assert.EndsWith("a' is longer than a path may be\n", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SPEC: is empty; expected the path of a file", "run", "")]
    [InlineData("SPEC: is empty; expected the path of a file", "sweep", "", "--over", "size", "--values", "1,2")]
    [InlineData("--prices: is empty; expected the path of a file", "run", "--prices", "")]
    [InlineData("--items: is empty; expected the path of a file", "run", "--items", "")]
    [InlineData("--workloads: is empty; expected one or more of KIND:SIZE:TASKS", "run", "-w", "")]
    [InlineData("--workloads: is empty; expected one or more of KIND:SIZE:TASKS", "run", "-w", "delay:1:1", "-w", " , ")]
    [InlineData("--models: is empty; expected one or more models", "run", "-m", "")]
    [InlineData("--refresh: is empty; expected the path of a file", "prices", "--refresh", "")]
    [InlineData("--python: is empty; expected the name or path of an interpreter", "claims", "--python", "")]
    [InlineData("BEFORE: is empty; expected the id of an experiment, or the path of an experiment.json", "compare", "", "20260101-000000-aaaa")]
    [InlineData("ID: is empty; expected the id of an experiment", "show", "")]
    public async Task What_an_unset_variable_of_the_shell_leaves_empty_is_a_mistake(string mistake, params string[] arguments)
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await Sconc.RunAsync(folder.Path, [.. arguments, "--connection", "none"]);

        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.Contains($"error: {mistake}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--storage-prefix: 'ABC' cannot begin the names of tables", "list", "--storage-prefix", "ABC")]
    [InlineData("--top: 99999999999 is out of range; expected 1 to 2147483647", "list", "--top", "99999999999")]
    [InlineData("values: '99999999999999999999' is not a whole number in range", "sweep", "--over", "size", "--values", "1,99999999999999999999")]
    [InlineData("--against: is the earlier version of an assembly; name the later one with --assembly", "run", "--against", "old.dll", "-w", "sha256:10:4")]
    [InlineData(" is a folder; expected a file", "run", "-a", ".")]
    [InlineData("maxRounds: 2 is below 'rounds', which is 3", "run", "-r", "3", "--max-rounds", "2")]
    [InlineData("timeBudgetSeconds: 2 bounds rounds that are added, and none are without 'precision' or 'untilDecided'", "run", "-r", "3", "--time-budget-seconds", "2")]
    [InlineData("timeBudgetSeconds: 2 bounds rounds that are added", "sweep", "--over", "size", "--values", "1,2", "--time-budget-seconds", "2")]
    [InlineData("degree: 4 is above 'inFlight', which is 2", "run", "-d", "4", "--in-flight", "2")]
    [InlineData("values: 4: degree: 4 is above 'inFlight', which is 2", "sweep", "-w", "delay:1:8", "--in-flight", "2", "--over", "degree", "--values", "1,2,4")]
    public Task A_mistake_is_named_as_the_user_wrote_it(string mistake, params string[] arguments) => RefusesAsync(mistake, arguments);

    // The spec inside an experiment.json has bounds of rounds that are added in any case.
    [Theory]
    [InlineData("run", "--rounds", "1")]
    [InlineData("run", "--until-decided", "false")]
    [InlineData("sweep", "--over", "size", "--values", "1,2", "--until-decided", "false")]
    public async Task Bounds_of_a_file_have_no_meaning_where_options_ask_for_so_many_rounds(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "spec.json"),
            """
            { "workloads": [ { "kind": "delay", "size": 1, "tasks": 1 } ], "models": [ "sequential" ], "warmupRounds": 0, "minRunMs": 0,
              "rounds": 2, "untilDecided": false, "maxRounds": 100, "timeBudgetSeconds": 60 }
            """);

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, [arguments[0], "spec.json", .. arguments[1..], "--connection", "none"]);

        Assert.True(exitCode == 0, error);
    }

    [LinuxFact]
    public async Task Temporary_files_that_cannot_be_created_are_told_with_their_place()
    {
        using var folder = new TemporaryFolder();

        using Sconc sconc = Sconc.Start(
            folder.Path, ("TMPDIR", "/nonexistent"), "run", "-w", "file:1:1", "-m", "sequential", "-r", "1", "--connection", "none");

        Assert.Equal(1, await sconc.WaitAsync());
        Assert.Contains("no temporary files can be created in /nonexistent/ (there is no such folder); name another folder in the environment variable TMPDIR", sconc.Error, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_working_folder_that_was_deleted_is_told()
    {
        using var folder = new TemporaryFolder();
        using System.Diagnostics.Process shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "sh", ["-c", "mkdir gone && cd gone && rmdir ../gone && exec \"$0\" run -w delay:1:1 --connection none", Sconc.Executable])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardError = true,
        })!;

        string error = await shell.StandardError.ReadToEndAsync();

        await shell.WaitForExitAsync();
        Assert.Equal((1, "error: the working folder does not exist any more; change into one that does\n"), (shell.ExitCode, error));
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

    private static async Task RefusesAsync(string mistake, params string[] arguments)
    {
        using var folder = new TemporaryFolder();

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, [.. arguments, "--connection", "none"]);

        Assert.Equal(2, exitCode);
        Assert.Contains(mistake, error, StringComparison.Ordinal);
    }
}
