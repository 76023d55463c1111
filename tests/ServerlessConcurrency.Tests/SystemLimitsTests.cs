using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ServerlessConcurrency.Tests;

/// <summary>What the program does where the system allows it little.</summary>
public sealed class SystemLimitsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public async Task Too_few_open_files_are_an_error_that_names_the_limit()
    {
        (int exitCode, string error) = await RunAsync("ulimit -n 64", "list");
        Assert.Equal((1, "error: this program may have 64 files open at once, and needs 200; raise the limit (ulimit -n)"), (exitCode, error.TrimEnd()));
    }

    [LinuxFact]
    public async Task More_calls_than_open_files_wait_for_their_turn()
    {
        (int exitCode, string error) = await RunAsync(
            "ulimit -n 256", "run", "-w", "http:1:600", "-m", "async", "--in-flight", "600", "--rounds", "1", "--warmup-rounds", "0", "--connection", "none");
        Assert.True(exitCode == 0, error);
    }

    [LinuxFact]
    public async Task More_child_processes_than_open_files_allow_are_refused_before_one_is_started()
    {
        (int exitCode, string error) = await RunAsync(
            "ulimit -n 256", "run", "-w", "sha256:10:200", "-m", "processes", "--degree", "200", "--rounds", "1", "--warmup-rounds", "0", "--connection", "none");
        Assert.Equal(1, exitCode);
        Assert.Contains("error: cannot start 200 child processes: they need ", error, StringComparison.Ordinal);
        Assert.Contains("raise the limit (ulimit -n)", error, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_file_that_may_not_grow_is_a_full_disk_and_the_experiment_tells_that_it_has_ended()
    {
        // The signal is ignored, so that the write fails; and the runtime keeps the code that it makes in a file, too.
        (int exitCode, string error) = await RunAsync(
            "trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0; ulimit -f 64",
            "run", "-w", "sha256:10:24", "-m", "sequential,threads", "--rounds", "1", "--warmup-rounds", "0", "--min-run-ms", "0", "--connection", "none");

        Assert.Equal(1, exitCode);
        Assert.Contains("a file may not become larger", error, StringComparison.Ordinal);
        string folder = Assert.Single(Directory.GetDirectories(Path.Combine(_folder.Path, "results")));
        // It was measured, and its report is what found no room.
        Assert.Equal("completed", (string)JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "experiment.json")))!["status"]!);
        Assert.Empty(Directory.GetFiles(folder, "*.new"));
    }

    private async Task<(int ExitCode, string Error)> RunAsync(string limit, params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "sconc");
        var start = new ProcessStartInfo("sh", ["-c", $"{limit} && exec \"$0\" \"$@\" >/dev/null", program, .. arguments])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardError = true,
        };
        using Process shell = Process.Start(start)!;
        string error = await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return (shell.ExitCode, error);
    }
}
