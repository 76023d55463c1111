using Microsoft.DurableTask;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Runs;

namespace ServerlessConcurrency.Durable.Queue;

/// <summary>A run of <c>queue</c>: send, wait, collect. How many hosts take messages is up to the app's scaling, not to the degree.</summary>
/// <param name="tell">Is told how many results are there.</param>
internal sealed class QueueFanOut(TaskOrchestrationContext context, RunRequest request, Action<int> tell)
{
    // The queue trigger leases a message for 10 minutes and renews the lease: after the loss of a host its messages stay away for
    // that long, however short the task. (QueueListener in Microsoft.Azure.WebJobs.Extensions.Storage.Queues.)
    private static readonly TimeSpan LongestLease = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    // What takes longer is no silence of the messages: no host was there, or all were at something else.
    private static readonly TimeSpan MostBetweenLooks = TimeSpan.FromMinutes(2);

    // So the end is seen at most a tenth of the run's time after it came, which counts for nothing in the run.
    private const double PauseShare = 0.1;

    /// <exception cref="TaskFailedException">Messages could not be sent, or results not be read.</exception>
    /// <exception cref="TimeoutException">Messages were lost: no result came for longer than a lost host explains.</exception>
    public async Task RunAsync()
    {
        (ExperimentDocument document, PlannedRun run) = request;
        QueueRun sent = await context.CallActivityAsync<QueueRun>(nameof(EnqueueTasks), request, ActivityRetry.Options);
        TimeSpan longestSilence = (TimeSpan.FromSeconds(document.Spec.TaskTimeoutSeconds) * 2) + LongestLease;
        DateTime began = context.CurrentUtcDateTime;
        DateTime looked = began;
        TimeSpan silence = TimeSpan.Zero;
        int rows = 0;
        while (silence <= longestSilence)
        {
            CollectProgress progress = await context.CallActivityAsync<CollectProgress>(
                nameof(CollectQueueResults), new CollectRequest(document, run, sent) { Trace = request.Trace }, ActivityRetry.Options);
            if (progress.IsComplete)
                return;
            TimeSpan passed = context.CurrentUtcDateTime - looked;
            looked = context.CurrentUtcDateTime;
            silence = progress.Rows > rows ? TimeSpan.Zero : silence + (passed < MostBetweenLooks ? passed : MostBetweenLooks);
            rows = progress.Rows;
            tell(rows);
            TimeSpan pause = (context.CurrentUtcDateTime - began) * PauseShare;
            await context.CreateTimer(TimeSpan.FromTicks(Math.Clamp(pause.Ticks, ShortestPause.Ticks, LongestPause.Ticks)), CancellationToken.None);
        }

        throw new TimeoutException(
            $"{run}: no result came for {longestSilence.TotalMinutes:0} minutes, {rows} results are there for {run.Workload.Tasks} "
            + "tasks: the other messages are gone from the queue. Did each delivery end its host, so that they are in the poison queue, or was it emptied by another program?");
    }
}
