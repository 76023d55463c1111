using System.Diagnostics;

namespace ServerlessConcurrency.Core.Tests;

/// <summary>The tests' own program as a child process, see Program.cs.</summary>
internal static class ChildProcess
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="variable">One of its environment; null: none but those of this process.</param>
    /// <param name="arguments">What it is to do.</param>
    /// <returns>What it printed.</returns>
    public static async Task<string> RunAsync((string Name, string Value)? variable, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ChildProcess).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (variable is { } set)
            start.Environment[set.Name] = set.Value;
        using Process process = Process.Start(start)!;
        try
        {
            string[] said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).Patiently();
            await process.WaitForExitAsync().Patiently();
            Assert.True(process.ExitCode == 0, said[1]);
            return said[0].Trim();
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
