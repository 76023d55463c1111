using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Workers.TestHost;

/// <summary>A parent that is there to be killed: it starts a worker, prints the worker's process id and waits.</summary>
internal static class ParentProgram
{
    public static int Run(string role)
    {
        using WorkerProcess worker = WorkerProcess.Start(WorkerLaunch.Self(), role, new WorkloadEnvironment());
        Console.WriteLine(worker.Host.ProcessId);
        Console.Out.Flush();
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }
}
