using System.Threading.Channels;
using Polly;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Workers.Queue;

/// <summary>
/// Stores what has been executed, then settles the messages: deleted only once the result is stored, so that nothing is lost
/// whenever the worker dies. While one write is under way further results gather, and the next write takes all of them.
/// </summary>
internal sealed class ResultPublisher(ITaskResults results, HeldMessages held, QueueOptions options, ResiliencePipeline persistently)
{
    /// <summary>As many rows as one transaction of Azure Tables takes.</summary>
    public const int RowsPerWrite = 100;

    private const int RequestsAtOnce = 8;

    private readonly Channel<FinishedTask> _written = Channel.CreateBounded<FinishedTask>(RowsPerWrite);

    public int Rows { get; private set; }

    /// <summary>
    /// Publishes until the channel is complete and everything in it is dealt with. When the deletions lag behind by a full
    /// transaction the writes wait for them, and in the end the executor too.
    /// </summary>
    public Task RunAsync(ChannelReader<FinishedTask> finished) => Task.WhenAll(SettleAllAsync(), WriteAllAsync(finished));

    private async Task WriteAllAsync(ChannelReader<FinishedTask> finished)
    {
        try
        {
            while (await finished.WaitToReadAsync())
                await WriteAsync(Take(finished));
        }
        finally
        {
            _written.Writer.TryComplete();
        }
    }

    private async Task SettleAllAsync()
    {
        try
        {
            await Parallel.ForEachAsync(
                _written.Reader.ReadAllAsync(),
                new ParallelOptions { MaxDegreeOfParallelism = RequestsAtOnce },
                async (task, cancelled) => await persistently.ExecuteAsync(
                    async attempt => await SettleAsync(task, attempt), cancelled));
        }
        catch (Exception exception)
        {
            // So that the writes do not wait for it.
            _written.Writer.TryComplete(exception);
            throw;
        }
    }

    private static List<FinishedTask> Take(ChannelReader<FinishedTask> finished)
    {
        var batch = new List<FinishedTask>();
        while (batch.Count < RowsPerWrite && finished.TryRead(out FinishedTask? next))
            batch.Add(next);
        return batch;
    }

    private async Task WriteAsync(List<FinishedTask> batch)
    {
        RunOrder run = batch[0].Message.Task.Run;
        // A message that was sent twice asks for the same attempt twice, and a transaction takes a row only once.
        TaskAttempt[] rows = [.. batch.Select(task => task.Attempt).DistinctBy(attempt => (attempt.TaskIndex, attempt.Attempt))];
        await persistently.ExecuteAsync(async attempt =>
            await results.WriteAsync(run.ExperimentId, run.RunId, run.BeganTicks, rows, attempt));
        Rows += rows.Length;
        foreach (FinishedTask task in batch)
            await _written.Writer.WriteAsync(task);
    }

    private Task SettleAsync(FinishedTask task, CancellationToken cancellationToken)
    {
        if (task.Attempt.Outcome is TaskOutcome.Succeeded)
            return held.CompleteAsync(task.Message, cancellationToken);
        if (task.Message.DeliveryCount >= options.MaxDeliveries)
            return held.PoisonAsync(task.Message, cancellationToken);
        TimeSpan delay = options.RetryDelay * (task.Message.DeliveryCount - 1);
        return held.GiveBackAsync(task.Message, delay, cancellationToken);
    }
}
