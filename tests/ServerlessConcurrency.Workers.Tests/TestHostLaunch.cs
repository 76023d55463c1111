using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Workers.Tests;

/// <summary>How the tests start the test host, which lies beside them.</summary>
internal static class TestHostLaunch
{
    public static string FileName { get; } = Path.Combine(
        AppContext.BaseDirectory,
        "ServerlessConcurrency.Workers.TestHost" + (OperatingSystem.IsWindows() ? ".exe" : ""));

    public static WorkerLaunch Worker { get; } = With(WorkerLaunch.Command);

    public static WorkerLaunch With(params string[] arguments) => new(FileName, arguments);
}
