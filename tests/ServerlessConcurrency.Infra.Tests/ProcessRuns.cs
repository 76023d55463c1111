using System.Diagnostics;

namespace ServerlessConcurrency.Infra.Tests;

/// <summary>Runs a program to its end.</summary>
internal static class ProcessRuns
{
    /// <param name="start">How; its output and errors are redirected.</param>
    /// <param name="variables">Set beside those of this process.</param>
    /// <param name="patience">How long it may take.</param>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        this ProcessStartInfo start, IReadOnlyDictionary<string, string> variables, TimeSpan patience)
    {
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(patience);
        Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
        Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output + await errors);
    }
}
