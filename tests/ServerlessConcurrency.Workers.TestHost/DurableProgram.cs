using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Durable.Hub;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.TestHost.Queue;

namespace ServerlessConcurrency.Workers.TestHost;

/// <summary>
/// Runs tasks of <c>counts</c> under <c>durable</c>. Prints the process ids of its hosts on one line when they are ready, and on another those that
/// executed the tasks, an entry each.
/// </summary>
public static class DurableProgram
{
    public const string Command = "durable";

    public const int Tasks = 60;

    public static async Task<int> RunAsync(string connection, string prefix, string folder)
    {
        var environment = new WorkloadEnvironment { StorageConnection = connection, StoragePrefix = prefix, FileFolder = folder };
        StorageAccount account = StorageAccount.Parse(connection, StorageOptions.Of(environment));
        var hosts = new DurableHosts(account, new WorkerLaunch(Environment.ProcessPath!, [QueueTestWorker.Command]), environment);
        await using var model = new DurableModel(KnownModels.Durable, hosts);
        var order = new RunOrder
        {
            ExperimentId = "experiment",
            RunId = "run",
            Model = model.Id,
            Workload = "counts",
            Size = 100,
            Tasks = Tasks,
            Degree = 2,
            Seed = 1,
            TaskTimeout = Timeout.InfiniteTimeSpan,
        };
        var run = new RunContext(order, QueueTestWorker.Workloads(environment).Get(order.Workload));
        await model.PrepareAsync(run);
        Print(hosts.ProcessIds);
        run.Recorder.BeganTicks = run.Clock.GetTimestamp();
        await model.ExecuteAsync(run);
        await model.CompleteAsync(run);
        Print(run.Recorder.Attempts().Select(attempt => attempt.Host.ProcessId));
        return 0;
    }

    private static void Print(IEnumerable<int> processIds)
    {
        Console.WriteLine(string.Join(' ', processIds));
        Console.Out.Flush();
    }
}
