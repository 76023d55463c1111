using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Durable.Hosting;
using ServerlessConcurrency.Durable.Queue;
using ServerlessConcurrency.Functions.Hosting;
using ServerlessConcurrency.Storage.Queues;
using ServerlessConcurrency.Workers.Queue;

namespace ServerlessConcurrency.Functions.Triggers;

/// <summary>The queue-triggered function that executes one task, as the queue workers of the local engine do.</summary>
/// <param name="host">What the functions of this process share.</param>
/// <param name="interest">Tells whether the task's run is still wanted.</param>
/// <param name="handler">Executes a task and stores its result.</param>
public sealed class ProcessTask(ActivityHost host, RecentInterest interest, QueueTaskHandler handler)
{
    // The Functions host puts a message aside after one delivery more (host.json), in which nothing is executed: so that the run knows
    // of a task that ends its host each time.
    private static readonly int MostDeliveries = new QueueOptions().MaxDeliveries;

    /// <summary>Executes the task of a message. Throws where the message should be delivered again, and at last be put aside.</summary>
    /// <param name="cancellationToken">Cancelled when the host stops: the message is then delivered again.</param>
    /// <exception cref="InvalidDataException">The message is not a task.</exception>
    /// <exception cref="InvalidOperationException">The task failed.</exception>
    [Function(nameof(ProcessTask))]
    public async Task RunAsync(
        [QueueTrigger("%StoragePrefix%tasks", Connection = AppStorage.ConnectionSetting)] string message,
        FunctionContext context,
        CancellationToken cancellationToken)
    {
        QueuedTask task = QueuedTaskMessage.Read(message)
            ?? throw new InvalidDataException("this message is not a task of an experiment; it goes to the poison queue");
        long delivery = Convert.ToInt64(
            context.BindingContext.BindingData.GetValueOrDefault("DequeueCount") ?? "1", CultureInfo.InvariantCulture);
        TaskAttempt? attempt = delivery > MostDeliveries
            ? await handler.GiveUpAsync(task, delivery, MostDeliveries, cancellationToken)
            : await ExecuteAsync(task, delivery, cancellationToken);
        if (attempt is { Outcome: not TaskOutcome.Succeeded } failed)
            throw new InvalidOperationException($"task {failed.TaskIndex} of {task.Run.ExperimentId} {task.Run.RunId}: {failed.Error}");
    }

    private async Task<TaskAttempt?> ExecuteAsync(QueuedTask task, long delivery, CancellationToken cancellationToken)
    {
        if (!await interest.IsWantedAsync(task.Run.ExperimentId, task.Run.RunId, cancellationToken))
            return null;
        await host.PrepareAsync(task.Run, cancellationToken);
        return await handler.HandleAsync(task, delivery, cancellationToken);
    }
}
