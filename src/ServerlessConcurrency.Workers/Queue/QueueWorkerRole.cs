using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Crews;
using ServerlessConcurrency.Workers.Hosting;

namespace ServerlessConcurrency.Workers.Queue;

/// <summary>The child processes of model <c>queue</c>.</summary>
/// <param name="openBackend">Opens the storage account that the environment names.</param>
public sealed class QueueWorkerRole(Func<WorkloadEnvironment, IQueueBackend> openBackend) : HostRole<QueueAssignment>
{
    private IQueueBackend? _backend;

    public override string Name => KnownModels.Queue.Id;

    protected override Task StartAsync(WorkerSession session)
    {
        _backend = openBackend(session.Environment);
        return Task.CompletedTask;
    }

    protected override Task<int> ExecuteAsync(QueueAssignment assignment, WorkerSession session, CancellationToken ended) =>
        new QueueWorkerRun(assignment, _backend!, session.Workloads, TimeProvider.System).ExecuteAsync(ended);
}
