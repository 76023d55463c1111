using System.Diagnostics;
using System.Reflection;

namespace ServerlessConcurrency.Infra.Tests.Bicep;

/// <summary>The Bicep CLI, kept off the network: a template that needed a registry would fail.</summary>
internal static class BicepTool
{
    private const string NoProxyThere = "http://127.0.0.1:9";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly string Executable = typeof(BicepTool).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "BicepPath").Value!;

    /// <summary>How to start it.</summary>
    public static ProcessStartInfo Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in new[] { "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy" })
            start.Environment[name] = NoProxyThere;
        return start;
    }

    /// <summary>Runs it and returns how that ended, whatever it was.</summary>
    public static Task<BicepOutput> RunAsync(params string[] arguments) => RunAsync([], arguments);

    /// <summary>Runs it with environment variables.</summary>
    public static async Task<BicepOutput> RunAsync(Dictionary<string, string> variables, params string[] arguments)
    {
        ProcessStartInfo start = Start(arguments);
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new BicepOutput(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
