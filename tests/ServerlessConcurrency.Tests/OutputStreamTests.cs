using System.Diagnostics;

namespace ServerlessConcurrency.Tests;

/// <summary>Standard output and standard error that are full or closed.</summary>
public sealed class OutputStreamTests : IDisposable
{
    private static readonly string[] Run =
        ["run", "-w", "primes:100:4", "-m", "sequential,processes", "--degree", "1", "--rounds", "1", "--warmup-rounds", "0", "--min-run-ms", "0", "--connection", "none"];
    private readonly TemporaryFolder _folder = new();

    [LinuxTheory]
    [InlineData("2>/dev/full")]
    [InlineData("2>&-")]
    public async Task Measuring_goes_on_when_nobody_hears_progress_and_notes(string redirection)
    {
        (int exitCode, string output, _) = await ShellAsync(redirection, Run);

        Assert.Equal(0, exitCode);
        Assert.Contains("Files:", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Assert.Single(Directory.GetDirectories(Path.Combine(_folder.Path, "results"))), "report.html")));
    }

    [LinuxTheory]
    [InlineData(">/dev/full", true)]
    [InlineData(">/dev/full", false)]
    [InlineData(">&-", true)]
    public async Task A_result_that_nobody_can_take_is_an_error_in_one_line(string redirection, bool asJson)
    {
        (int exitCode, _, string error) = await ShellAsync(redirection, [.. Run, "--quiet", .. asJson ? ["--json"] : Array.Empty<string>()]);

        Assert.Equal(1, exitCode);
        Assert.StartsWith("error: ", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        // What was measured is there.
        Assert.True(File.Exists(Path.Combine(Assert.Single(Directory.GetDirectories(Path.Combine(_folder.Path, "results"))), "experiment.json")));
    }

    [LinuxTheory]
    [InlineData(">/dev/full", "--help")]
    [InlineData(">/dev/full", "run", "--help")]
    [InlineData(">/dev/full", "--version")]
    [InlineData(">/dev/full", "[suggest:6]", "sconc ")]
    [InlineData(">&-", "--help")]
    public async Task Help_that_nobody_can_take_is_an_error_in_one_line(string redirection, params string[] arguments)
    {
        (int exitCode, _, string error) = await ShellAsync(redirection, arguments);

        Assert.Equal(1, exitCode);
        Assert.StartsWith("error: standard output cannot be written to: ", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_mistake_keeps_its_exit_code_when_nobody_hears_of_it() =>
        Assert.Equal(2, (await ShellAsync("2>/dev/full", "nonsense")).ExitCode);

    public void Dispose() => _folder.Dispose();

    private async Task<(int ExitCode, string Out, string Error)> ShellAsync(string redirection, params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "sconc");
        var start = new ProcessStartInfo("sh", ["-c", $"exec \"$0\" \"$@\" {redirection}", program, .. arguments])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process shell = Process.Start(start)!;
        Task<string> output = shell.StandardOutput.ReadToEndAsync();
        Task<string> error = shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return (shell.ExitCode, await output, await error);
    }
}
