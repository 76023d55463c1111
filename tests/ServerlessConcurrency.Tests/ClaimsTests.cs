using System.Text.Json.Nodes;

namespace ServerlessConcurrency.Tests;

public class ClaimsTests
{
    [Fact]
    public async Task Claims_are_measured_stored_and_shown_as_an_experiment_is()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await RunAsync(folder, "claims", "--only", "c7,C5", "--quick", "--json");

        Assert.True(exitCode == 0, error);
        JsonNode document = JsonNode.Parse(output)!;
        string id = (string)document["id"]!;
        Assert.Equal("claims", (string)document["spec"]!["kind"]!);
        JsonArray claims = document["claims"]!.AsArray();
        Assert.Equal(["C5", "C7"], claims.Select(claim => (string)claim!["id"]!));
        Assert.All(claims, claim => Assert.NotEmpty(claim!["dotNet"]!["figures"]!.AsArray()));
        Assert.Contains("2 of 2 claims done", error, StringComparison.Ordinal);
        string results = Path.Combine(folder.Path, "results", id);
        Assert.Equal(
            ["experiment.json", "report.html", "report.md"],
            Directory.EnumerateFiles(results).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

        Assert.Contains(id, (await RunAsync(folder, "list")).Out, StringComparison.Ordinal);
        string shown = (await RunAsync(folder, "show", id)).Out;
        Assert.Contains("A task that computes blocks the event loop", shown, StringComparison.Ordinal);
        (exitCode, _, error) = await RunAsync(folder, "export", id);
        Assert.Equal(2, exitCode);
        Assert.Contains("is of claims, which have no timings", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spec_of_claims_can_be_run_as_any_other()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "claims.json"), """{ "kind": "claims", "name": "ours", "only": [ "C9" ], "quick": true }""");

        (int exitCode, string output, string error) = await RunAsync(folder, "run", "claims.json");

        Assert.True(exitCode == 0, error);
        Assert.Contains("ours", output, StringComparison.Ordinal);
        Assert.Contains("Of 1 claim, in .NET", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistakes_are_named()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, _, string error) = await RunAsync(folder, "claims", "--only", "C5,C99");
        Assert.Equal(2, exitCode);
        Assert.Contains("only[1]: unknown claim 'C99'; known: C1, C2,", error, StringComparison.Ordinal);

        (exitCode, _, error) = await RunAsync(folder, "claims", "--only", "");
        Assert.Equal(2, exitCode);
        Assert.Contains("only: is not an array of one or more claims; known: C1, C2,", error, StringComparison.Ordinal);

        (exitCode, _, error) = await RunAsync(folder, "claims", "--rounds", "3");
        Assert.Equal(2, exitCode);
        Assert.Contains("--rounds", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_python_the_claims_are_measured_in_dotnet_and_the_reason_is_told()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await RunAsync(folder, "claims", "--only", "C9", "--quick", "--python", "none");

        Assert.True(exitCode == 0, error);
        Assert.Contains("not measurable here", output, StringComparison.Ordinal);
        Assert.Contains("Not measured: --python none.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interpreter_that_was_named_and_cannot_be_used_is_bad_input()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await RunAsync(folder, "claims", "--quick", "--python", "no-such-python");
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains("--python: no CPython was found: 'no-such-python' cannot be started: ", error, StringComparison.Ordinal);

        (exitCode, _, error) = await RunAsync(folder, "claims", "--quick", "--python", folder.Path);
        Assert.Equal(2, exitCode);
        Assert.Contains($"--python: '{folder.Path}' is a folder, not an interpreter", error, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Ctrl_C_keeps_the_claims_that_were_measured()
    {
        using var folder = new TemporaryFolder();
        using Sconc sconc = Sconc.Start(folder.Path, "claims", "--quick", "--only", "C9,C10", "--json", "--connection", "none", "--python", "none");
        await Eventually.True(() => sconc.Error.Contains("1 of 2 claims done", StringComparison.Ordinal), "the first claim is done");

        sconc.Signal("INT");

        Assert.Equal(130, await sconc.WaitAsync());
        JsonNode document = JsonNode.Parse(sconc.Out)!;
        Assert.Equal("cancelled", (string)document["status"]!);
        Assert.Equal("C9", (string)Assert.Single(document["claims"]!.AsArray())!["id"]!);
    }

    private static Task<(int ExitCode, string Out, string Error)> RunAsync(TemporaryFolder folder, params string[] arguments) =>
        Sconc.RunAsync(folder.Path, [.. arguments, "--connection", "none"]);
}
