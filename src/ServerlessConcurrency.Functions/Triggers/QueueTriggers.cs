using Microsoft.Azure.Functions.Worker;
using ServerlessConcurrency.Durable.Queue;
using ServerlessConcurrency.Durable.Runs;

namespace ServerlessConcurrency.Functions.Triggers;

/// <summary>The activities of runs of <c>queue</c>; the tasks themselves are executed by <see cref="ProcessTask"/>.</summary>
public sealed class QueueTriggers(EnqueueTasks enqueueTasks, CollectQueueResults collectQueueResults)
{
    [Function(nameof(EnqueueTasks))]
    public Task<QueueRun> EnqueueTasksAsync([ActivityTrigger] RunRequest request, CancellationToken cancellationToken) =>
        enqueueTasks.RunAsync(request, cancellationToken);

    [Function(nameof(CollectQueueResults))]
    public Task<CollectProgress> CollectQueueResultsAsync([ActivityTrigger] CollectRequest request, CancellationToken cancellationToken) =>
        collectQueueResults.RunAsync(request, cancellationToken);
}
