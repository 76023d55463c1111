using DurableTask.Core;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker.Shims;
using ServerlessConcurrency.Durable.Hub;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Benchmarks.Durable;

/// <summary>A host of what somebody writes who only wants the fan-out: <c>Task.WhenAll</c> over empty activities, nothing limited, nothing taken down.</summary>
internal sealed class BareHostRole : IWorkerRole
{
    public const string FanOut = "BareFanOut";
    private const string Nothing = "Nothing";

    public string Name => "bare-host";

    public async Task RunAsync(WorkerSession session)
    {
        StorageAccount account = StorageAccount.Parse(session.Environment.StorageConnection!);
        using var worker = new TaskHubWorker(new TaskHub(account, session.Settings<HubSettings>().TaskHub).Service)
        {
            ErrorPropagationMode = ErrorPropagationMode.UseFailureDetails,
        };
        DurableTaskShimFactory shims = DurableTaskShimFactory.Default;
        worker.AddTaskOrchestrations(new TaskHubRole.Creator<TaskOrchestration>(FanOut, () => shims.CreateOrchestration<int, double>(FanOut, FanOutAsync)));
        worker.AddTaskActivities(new TaskHubRole.Creator<TaskActivity>(
            Nothing, () => shims.CreateActivity<int, int>(Nothing, static (_, index) => Task.FromResult(index))));
        await worker.StartAsync();
        while (session.Reader.Read(out Frame _))
        {
        }
    }

    private static async Task<double> FanOutAsync(TaskOrchestrationContext context, int tasks)
    {
        DateTime began = context.CurrentUtcDateTime;
        await Task.WhenAll(Enumerable.Range(0, tasks).Select(index => context.CallActivityAsync<int>(Nothing, index)));
        return (context.CurrentUtcDateTime - began).TotalMilliseconds;
    }
}
