using System.Diagnostics;

namespace ServerlessConcurrency.Tests;

/// <summary>What the program does where the system allows it little.</summary>
public sealed class SystemLimitsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public async Task Too_few_open_files_are_an_error_that_names_the_limit()
    {
        (int exitCode, string error) = await RunAsync(openFiles: 64, "list");
        Assert.Equal((1, "error: this program may have 64 files open at once, and needs 200; raise the limit (ulimit -n)"), (exitCode, error.TrimEnd()));
    }

    [LinuxFact]
    public async Task More_calls_than_open_files_wait_for_their_turn()
    {
        (int exitCode, string error) = await RunAsync(
            openFiles: 256, "run", "-w", "http:1:600", "-m", "async", "--in-flight", "600", "--rounds", "1", "--warmup-rounds", "0", "--connection", "none");
        Assert.True(exitCode == 0, error);
    }

    private async Task<(int ExitCode, string Error)> RunAsync(int openFiles, params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "sconc");
        var start = new ProcessStartInfo("sh", ["-c", $"ulimit -n {openFiles} && exec \"$0\" \"$@\" >/dev/null", program, .. arguments])
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
