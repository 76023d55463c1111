using System.Threading.Channels;
using Polly;
using Polly.Retry;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Workers.Queue;

/// <summary>
/// One worker's part in one run. Three stages work at once: <see cref="TaskIntake"/> fetches messages ahead,
/// <see cref="SerialExecutor"/> executes their tasks one at a time, <see cref="ResultPublisher"/> stores results and deletes the
/// messages; meanwhile <see cref="HeldMessages"/> keeps invisible what is in the worker's hands.
/// </summary>
internal sealed class QueueWorkerRun(QueueAssignment assignment, IQueueBackend backend, WorkloadCatalog workloads, TimeProvider clock)
{
    /// <summary>Works until the run ends.</summary>
    /// <param name="ended">Says that every task of the run has its result: what is still in hand is not needed.</param>
    /// <exception cref="TimeoutException">
    /// A task outlived the task timeout. Its attempt is stored and everything in hand given back; but the thread that executes it
    /// cannot be stopped, so that the process has to end.
    /// </exception>
    public async Task<int> ExecuteAsync(CancellationToken ended)
    {
        QueueOptions options = assignment.Options;
        ITaskQueue queue = backend.OpenQueue(assignment.Run.ExperimentId);
        ResiliencePipeline persistently = Persistently();
        var handler = new QueueTaskHandler(workloads, backend.Results, clock);
        var held = new HeldMessages(queue, options.VisibilityTimeout, clock);
        var finished = Channel.CreateBounded<FinishedTask>(ResultPublisher.RowsPerWrite);
        var prefetch = new Prefetch(assignment.Run.Tasks, assignment.Run.Degree) { IsCareful = assignment.IsReplacement };
        using var executor = new SerialExecutor(assignment, handler, prefetch, finished.Writer, clock);
        var intake = new TaskIntake(
            assignment, queue, handler, held, executor, finished.Writer, prefetch, persistently, clock);
        var publisher = new ResultPublisher(backend.Results, held, options, persistently);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ended);
        Task executing = executor.RunAsync(stop.Token);
        Task fetching = intake.RunAsync(stop.Token);
        Task renewing = held.KeepInvisibleAsync(stop.Token);
        Task publishing = publisher.RunAsync(finished.Reader);
        // Whichever stage ends first has failed, unless the run has ended: the others must not go on without it.
        bool timedOut = executor.TimedOut == await Task.WhenAny(executor.TimedOut, executing, fetching, renewing, publishing);

        await stop.CancelAsync();
        await EndedAsync(fetching, stop.Token);
        await EndedAsync(renewing, stop.Token);
        if (timedOut)
            await finished.Writer.WriteAsync(await executor.TimedOut, CancellationToken.None);
        else
            await executing;
        finished.Writer.Complete();
        await publishing;
        await held.ForEachAsync(timedOut ? GiveBackAsync : held.CompleteAsync, CancellationToken.None);
        if (!timedOut)
            return publisher.Rows;
        TaskAttempt late = (await executor.TimedOut).Attempt;
        throw new TimeoutException($"task {late.TaskIndex} {late.Error}");

        Task GiveBackAsync(HeldMessage message, CancellationToken cancelled) =>
            held.GiveBackAsync(message, TimeSpan.Zero, cancelled);
    }

    private static async Task EndedAsync(Task stage, CancellationToken stop)
    {
        try
        {
            await stage;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It was told to.
        }
    }

    // Every storage client retries for a while by itself. A worker has nothing better to do than to go on trying: whether the run
    // is given up is for the parent to say, which uses the same storage.
    private ResiliencePipeline Persistently() =>
        new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<StorageUnavailableException>(),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromSeconds(1),
                MaxDelay = TimeSpan.FromSeconds(5),
                OnRetry = static retry => new ValueTask(Console.Error.WriteLineAsync(retry.Outcome.Exception!.Message)),
            })
            .Build();
}
