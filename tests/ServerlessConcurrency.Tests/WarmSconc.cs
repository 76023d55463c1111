using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace ServerlessConcurrency.Tests;

/// <summary>
/// The program started once for many commands, one after another: most of what a short command costs is that its process compiles
/// the same code again. It is <c>sconc</c> itself, with <see cref="StartupHook"/> in place of its two lines.
/// </summary>
internal sealed class WarmSconc
{
    public const string Variable = "DOTNET_STARTUP_HOOKS";

    private static readonly ConcurrentBag<WarmSconc> Idle = [];

    // It ends with its input, so with this process.
    private readonly Process _process = Process.Start(new ProcessStartInfo(Sconc.Executable)
    {
        Environment = { [Variable] = typeof(StartupHook).Assembly.Location },
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    /// <summary>Whether a command can be carried out there: one that starts the program again does so with the command line of its process.</summary>
    public static bool Takes(string[] arguments) => !OperatingSystem.IsWindows() && !arguments.Contains("--cores") && !arguments.Contains("cores");

    public static async Task<(int ExitCode, string Out, string Error)> RunAsync(string folder, (string Name, string Value)[] variables, string[] arguments)
    {
        if (!Idle.TryTake(out WarmSconc? program))
            program = new WarmSconc();
        string temporaryFiles = Directory.CreateDirectory(Sconc.TemporaryFilesOf(folder)).FullName;
        string name = Path.Combine(temporaryFiles, Path.GetRandomFileName());
        var request = new SconcRequest(
            folder, variables.Append(("TMPDIR", temporaryFiles)).ToDictionary(), $"{name}.out", $"{name}.err", arguments);
        int exitCode = await program.ExecuteAsync(request);
        return (exitCode, await ReadAsync(request.Out), await ReadAsync(request.Error));
    }

    private async Task<int> ExecuteAsync(SconcRequest request)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request));
        await _process.StandardInput.FlushAsync();
        using var patience = new CancellationTokenSource(Sconc.Patience);
        try
        {
            if (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } exitCode)
            {
                Idle.Add(this);
                return int.Parse(exitCode, System.Globalization.CultureInfo.InvariantCulture);
            }

            // It has ended.
            await _process.WaitForExitAsync(patience.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static async Task<string> ReadAsync(string path)
    {
        if (!File.Exists(path))
            return "";
        string text = await File.ReadAllTextAsync(path);
        return text.Length == 0 || text.EndsWith('\n') ? text : text + "\n";
    }
}
