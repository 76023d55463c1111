using System.Threading.Channels;
using Polly;
using ServerlessConcurrency.Core.Queueing;

namespace ServerlessConcurrency.Workers.Queue;

/// <summary>Takes messages from the queue, sorts out those that must not be executed and hands the others to the executor.</summary>
internal sealed class TaskIntake
{
    private readonly QueueAssignment _assignment;
    private readonly ITaskQueue _queue;
    private readonly QueueTaskHandler _handler;
    private readonly HeldMessages _held;
    private readonly SerialExecutor _executor;
    private readonly ChannelWriter<FinishedTask> _finished;
    private readonly Prefetch _prefetch;
    private readonly ResiliencePipeline _persistently;
    private readonly TimeProvider _clock;

    public TaskIntake(
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
        _assignment = assignment;
        _queue = queue;
        _handler = handler;
        _held = held;
        _executor = executor;
        _finished = finished;
        _prefetch = prefetch;
        _persistently = persistently;
        _clock = clock;
    }

    /// <summary>Takes messages until the run ends.</summary>
    /// <exception cref="OperationCanceledException">The run has ended.</exception>
    public async Task RunAsync(CancellationToken ended)
    {
        var pause = new EmptyQueuePause(_assignment.Options.ShortestPause, _assignment.Options.LongestPause);
        while (true)
        {
            await _executor.WaitUntilFewWaitAsync(ended);
            (IReadOnlyList<ReceivedTask> messages, long requestedTicks) = await _persistently.ExecuteAsync(ReceiveAsync, ended);
            if (messages.Count == 0)
            {
                await Task.Delay(pause.Next(), _clock, ended);
                continue;
            }

            pause.Reset();
            foreach (ReceivedTask message in messages)
                await _persistently.ExecuteAsync(async attempt => await SortAsync(message, requestedTicks, attempt), ended);
        }
    }

    private async ValueTask<(IReadOnlyList<ReceivedTask> Messages, long RequestedTicks)> ReceiveAsync(CancellationToken attempt)
    {
        long requestedTicks = _clock.GetTimestamp();
        IReadOnlyList<ReceivedTask> messages = await _queue.ReceiveAsync(
            _prefetch.BatchSize, _assignment.Options.VisibilityTimeout, attempt);
        if (messages.Count > 0)
            _prefetch.RequestTook(_clock.GetElapsedTime(requestedTicks));
        return (messages, requestedTicks);
    }

    private async Task SortAsync(ReceivedTask received, long requestedTicks, CancellationToken cancellationToken)
    {
        if (received.Task is { } leftover && _assignment.IsLeftover(leftover))
        {
            await _queue.CompleteAsync(received, cancellationToken);
            return;
        }

        if (received.Task is not { } task || !_assignment.Covers(task))
        {
            await _queue.PoisonAsync(received, cancellationToken);
            return;
        }

        HeldMessage message = _held.Hold(received, task, requestedTicks);
        _prefetch.IsCareful |= received.DeliveryCount > 1;
        if (await _handler.HasSucceededAsync(task, received.DeliveryCount, cancellationToken))
            await _held.CompleteAsync(message, cancellationToken);
        else if (received.DeliveryCount > _assignment.Options.MaxDeliveries)
            await _finished.WriteAsync(new FinishedTask(message, _handler.Undeliverable(task, received.DeliveryCount)), cancellationToken);
        else
            _executor.Add(message);
    }
}
