using System.Diagnostics;

namespace ServerlessConcurrency.Benchmarks.Storage;

/// <summary>How long the program took, and its largest resident set.</summary>
internal readonly record struct SconcRun(double Seconds, double PeakMegabytes);

/// <summary>The program itself, as a process in a folder.</summary>
internal sealed class Sconc(string folder, string connection)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    public string Connection => connection;

    public async Task<SconcRun> RunAsync(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "sconc.dll"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        double peak = 0;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, Peak(process) / 1e6);
            await Task.Delay(LookInterval);
        }

        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await output;
        return process.ExitCode == 0
            ? new SconcRun(seconds, peak)
            : throw new InvalidOperationException($"sconc {arguments[0]} ended with {process.ExitCode}");
    }

    private static long Peak(Process process)
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It has just ended.
            return 0;
        }
    }
}
