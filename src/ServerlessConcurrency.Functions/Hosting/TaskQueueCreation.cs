using Microsoft.Extensions.Hosting;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Queueing;

namespace ServerlessConcurrency.Functions.Hosting;

/// <summary>
/// Creates the queue that <see cref="Triggers.ProcessTask"/> is triggered by, before the app serves: until it is there, the Functions host warns of
/// it several times a second.
/// </summary>
internal sealed class TaskQueueCreation(ITaskQueue queue) : IHostedLifecycleService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await queue.CreateAsync(patience.Token);
        }
        catch (Exception exception) when (
            exception is StorageUnavailableException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The app starts all the same. Whoever needs storage next says that it is away.
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
