using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Pool;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.TestHost.Workloads;

namespace ServerlessConcurrency.Workers.TestHost;

/// <summary>Parents that are there to be killed: they start workers, print the workers' process ids on one line and wait.</summary>
internal static class ParentProgram
{
    public static int RunWorker(string role)
    {
        using WorkerProcess worker = WorkerProcess.Start(WorkerLaunch.Self(), role, new WorkloadEnvironment());
        Print([worker.Host]);
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    public static int RunPool()
    {
        var pool = new ProcessPool(WorkerLaunch.Self(), new WorkloadEnvironment());
        var workload = new PauseWorkload();
        var order = new RunOrder
        {
            ExperimentId = "experiment",
            RunId = "run",
            Model = KnownModels.Processes.Id,
            Workload = workload.Kind,
            Size = 3_600_000,
            Tasks = 100,
            Degree = 3,
            Seed = 1,
            TaskTimeout = TimeSpan.FromHours(2),
        };
        pool.BeginAsync(order).GetAwaiter().GetResult();
        Task run = pool.RunAsync(new RunContext(order, workload));
        Print(pool.Workers);
        run.GetAwaiter().GetResult();
        return 0;
    }

    private static void Print(IEnumerable<HostIdentity> hosts)
    {
        Console.WriteLine(string.Join(' ', hosts.Select(host => host.ProcessId)));
        Console.Out.Flush();
    }
}
