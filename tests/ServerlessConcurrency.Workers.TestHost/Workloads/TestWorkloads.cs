using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Workloads;

namespace ServerlessConcurrency.Workers.TestHost.Workloads;

/// <summary>What the test host's workers can do, most of it trouble.</summary>
public static class TestWorkloads
{
    /// <summary>Creates the workloads.</summary>
    /// <param name="environment">What they are given.</param>
    /// <returns>The catalog.</returns>
    public static WorkloadCatalog Create(WorkloadEnvironment environment) => new(
    [
        new EmptyWorkload(),
        new PauseWorkload(),
        new CompilingWorkload(),
        new TroubleWorkload("kill", environment, KillSelf),
        new TroubleWorkload("fail-fast", environment, static () => Environment.FailFast("the reactor is on fire")),
        new TroubleWorkload("exit", environment, static () => Environment.Exit(7)),
        new TroubleWorkload("stack-overflow", environment, static () => Recurse(0)),
        new TroubleWorkload("throw", environment, static () => throw new InvalidOperationException("no\nsuch thing")),
        new TroubleWorkload("hang", environment, static () => Thread.Sleep(Timeout.Infinite)),
        new TroubleWorkload("print", environment, static () => Console.WriteLine("hello from a task")),
        new BlobWorkload(environment),
        .. BuiltInWorkloads.Create(environment),
    ]);

    private static void KillSelf()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }

    [SuppressMessage("Usage", "CA2201", Justification = "Never thrown: keeps the recursion from being a loop.")]
    private static int Recurse(int depth) => depth == int.MaxValue ? throw new StackOverflowException() : Recurse(depth + 1) + 1;
}
