using DurableTask.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker.Shims;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Durable.Hub;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Benchmarks.Durable;

/// <summary>A host of what somebody writes who only wants the fan-out: <c>Task.WhenAll</c> over activities, nothing limited, nothing taken down.</summary>
internal sealed class BareHostRole : IWorkerRole
{
    public const string FanOut = "BareFanOut";
    private const string Work = "Work";

    public string Name => "bare-host";

    public async Task RunAsync(WorkerSession session)
    {
        StorageAccount account = StorageAccount.Parse(session.Environment.StorageConnection!);
        using var worker = new TaskHubWorker(new TaskHub(account, session.Settings<HubSettings>().TaskHub).Service)
        {
            ErrorPropagationMode = ErrorPropagationMode.UseFailureDetails,
        };
        DurableTaskShimFactory shims = DurableTaskShimFactory.Default;
        worker.AddTaskOrchestrations(new TaskHubRole.Creator<TaskOrchestration>(FanOut, () => shims.CreateOrchestration<BareRun, double>(FanOut, FanOutAsync)));
        worker.AddTaskActivities(new TaskHubRole.Creator<TaskActivity>(
            Work, () => shims.CreateActivity<long, ulong>(Work, static (_, size) => Task.FromResult(Execute(size)))));
        await worker.StartAsync();
        while (session.Reader.Read(out Frame _))
        {
        }
    }

    private static ulong Execute(long size) => size == 0 ? 0 : new PrimesWorkload().Execute(new TaskInput(size, 0, 42), new Execution());

    private static async Task<double> FanOutAsync(TaskOrchestrationContext context, BareRun? run)
    {
        DateTime began = context.CurrentUtcDateTime;
        await Task.WhenAll(Enumerable.Range(0, run!.Tasks).Select(_ => context.CallActivityAsync<ulong>(Work, run.Size)));
        return (context.CurrentUtcDateTime - began).TotalMilliseconds;
    }
}

/// <summary>A bare fan-out.</summary>
/// <param name="Tasks">How many activities.</param>
/// <param name="Size">The size of each of its tasks of <c>primes</c>; 0: none does anything.</param>
internal sealed record BareRun(int Tasks, long Size);
