using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Workers.Tests.Queue;

/// <summary>A real backend of which every other call of a worker fails, as if the storage were away.</summary>
internal sealed class ShakyBackend(IQueueBackend inner) : IQueueBackend, ITaskQueue, ITaskResults
{
    private int _calls;

    public int Failures => _calls / 2;

    public ITaskResults Results => this;

    private ITaskQueue Queue { get; set; } = null!;

    public ITaskQueue OpenQueue(string experimentId)
    {
        Queue = inner.OpenQueue(experimentId);
        return this;
    }

    public Task CreateAsync(CancellationToken cancellationToken = default) => Queue.CreateAsync(cancellationToken);

    public Task SendAsync(IEnumerable<QueuedTask> tasks, CancellationToken cancellationToken = default) =>
        Shake(() => Queue.SendAsync(tasks, cancellationToken));

    public Task<IReadOnlyList<ReceivedTask>> ReceiveAsync(
        int maxMessages, TimeSpan visibilityTimeout, CancellationToken cancellationToken = default) =>
        Shake(() => Queue.ReceiveAsync(maxMessages, visibilityTimeout, cancellationToken));

    public Task<ReceivedTask?> RenewAsync(
        ReceivedTask message, TimeSpan visibilityTimeout, CancellationToken cancellationToken = default) =>
        Shake(() => Queue.RenewAsync(message, visibilityTimeout, cancellationToken));

    public Task<bool> CompleteAsync(ReceivedTask message, CancellationToken cancellationToken = default) =>
        Shake(() => Queue.CompleteAsync(message, cancellationToken));

    public Task PoisonAsync(ReceivedTask message, CancellationToken cancellationToken = default) =>
        Shake(() => Queue.PoisonAsync(message, cancellationToken));

    public Task DeleteAsync(CancellationToken cancellationToken = default) => Queue.DeleteAsync(cancellationToken);

    public Task WriteAsync(
        string experimentId,
        string runId,
        long runBeganTicks,
        IReadOnlyList<TaskAttempt> attempts,
        CancellationToken cancellationToken = default) =>
        Shake(() => inner.Results.WriteAsync(experimentId, runId, runBeganTicks, attempts, cancellationToken));

    public IAsyncEnumerable<TaskAttempt> ReadAsync(
        string experimentId,
        string runId,
        long runBeganTicks,
        int fromTaskIndex,
        int toTaskIndex,
        CancellationToken cancellationToken = default) =>
        inner.Results.ReadAsync(experimentId, runId, runBeganTicks, fromTaskIndex, toTaskIndex, cancellationToken);

    public Task CreateAsync(string experimentId, CancellationToken cancellationToken = default) =>
        inner.Results.CreateAsync(experimentId, cancellationToken);

    public Task DeleteAsync(string experimentId, CancellationToken cancellationToken = default) =>
        inner.Results.DeleteAsync(experimentId, cancellationToken);

    private T Shake<T>(Func<T> call) =>
        Interlocked.Increment(ref _calls) % 2 == 0 ? call() : throw new StorageUnavailableException("away for a moment");
}
