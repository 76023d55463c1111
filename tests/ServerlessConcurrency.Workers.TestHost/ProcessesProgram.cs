using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Loopback;
using ServerlessConcurrency.Workers.Pool;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.TestHost.Workloads;

namespace ServerlessConcurrency.Workers.TestHost;

/// <summary>
/// Runs tasks of <c>http</c> under <c>processes</c>, for which it starts itself as the server and as the workers, and prints which program
/// it runs in and the checksums, a line each.
/// </summary>
public static class ProcessesProgram
{
    public const string Command = "processes";

    public static RunOrder Order { get; } = new()
    {
        ExperimentId = "experiment",
        RunId = "run",
        Model = KnownModels.Processes.Id,
        Workload = HttpWorkload.WorkloadKind,
        Size = 1,
        Tasks = 8,
        Degree = 2,
        Seed = 42,
        TaskTimeout = Timeout.InfiniteTimeSpan,
    };

    public static async Task<int> RunAsync()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(WorkerLaunch.Self());
        var environment = new WorkloadEnvironment { HttpServer = server.Address };
        await using var model = new ProcessesModel(WorkerLaunch.Self(), environment);
        var run = new RunContext(Order, TestWorkloads.Create(environment).Get(Order.Workload));
        await model.PrepareAsync(run);
        await model.ExecuteAsync(run);
        Console.WriteLine(Environment.ProcessPath);
        foreach (ulong checksum in run.Recorder.Checksums())
            Console.WriteLine(checksum);
        return 0;
    }
}
