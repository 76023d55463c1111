using System.Threading.Channels;
using Polly;
using ServerlessConcurrency.Core.Queueing;

namespace ServerlessConcurrency.Workers.Queue;

/// <summary>Takes messages from the queue, sorts out those that must not be executed and hands the others to the executor.</summary>
internal sealed class TaskIntake(
    QueueAssignment assignment,
    ITaskQueue queue,
    QueueTaskHandler handler,
    HeldMessages held,
    SerialExecutor executor,
    ChannelWriter<FinishedTask> finished,
    Prefetch prefetch,
    ResiliencePipeline persistently,
    TimeProvider clock)
{
    /// <summary>Takes messages until the run ends.</summary>
    /// <exception cref="OperationCanceledException">The run has ended.</exception>
    public async Task RunAsync(CancellationToken ended)
    {
        var pause = new EmptyQueuePause(assignment.Options.ShortestPause, assignment.Options.LongestPause);
        while (true)
        {
            await executor.WaitUntilFewWaitAsync(ended);
            (IReadOnlyList<ReceivedTask> messages, long requestedTicks) = await persistently.ExecuteAsync(ReceiveAsync, ended);
            if (messages.Count == 0)
            {
                await Task.Delay(pause.Next(), clock, ended);
                continue;
            }

            pause.Reset();
            foreach (ReceivedTask message in messages)
                await persistently.ExecuteAsync(async attempt => await SortAsync(message, requestedTicks, attempt), ended);
        }
    }

    private async ValueTask<(IReadOnlyList<ReceivedTask> Messages, long RequestedTicks)> ReceiveAsync(CancellationToken attempt)
    {
        long requestedTicks = clock.GetTimestamp();
        IReadOnlyList<ReceivedTask> messages = await queue.ReceiveAsync(
            prefetch.BatchSize, assignment.Options.VisibilityTimeout, attempt);
        if (messages.Count > 0)
            prefetch.RequestTook(clock.GetElapsedTime(requestedTicks));
        return (messages, requestedTicks);
    }

    private async Task SortAsync(ReceivedTask received, long requestedTicks, CancellationToken cancellationToken)
    {
        if (received.Task is { } leftover && assignment.IsLeftover(leftover))
        {
            await queue.CompleteAsync(received, cancellationToken);
            return;
        }

        if (received.Task is not { } task || !assignment.Covers(task))
        {
            await queue.PoisonAsync(received, cancellationToken);
            return;
        }

        HeldMessage message = held.Hold(received, task, requestedTicks);
        prefetch.IsCareful |= received.DeliveryCount > 1;
        if (await handler.HasSucceededAsync(task, received.DeliveryCount, cancellationToken))
            await held.CompleteAsync(message, cancellationToken);
        else if (received.DeliveryCount > assignment.Options.MaxDeliveries)
            await finished.WriteAsync(new FinishedTask(message, handler.Undeliverable(task, received.DeliveryCount)), cancellationToken);
        else
            executor.Add(message);
    }
}
