using Microsoft.Azure.Functions.Worker;
using ServerlessConcurrency.Core.Experiments;
using ServerlessConcurrency.Functions.Hosting;

namespace ServerlessConcurrency.Functions.Runs;

/// <summary>
/// The activity that carries out a whole run under an in-function model: <c>sequential</c> to <c>processes</c>. Executed again
/// after its host was lost, it measures the run anew; after its result was stored, it does nothing.
/// </summary>
/// <param name="host">What the activities of this process share.</param>
/// <param name="journal">Where the run goes.</param>
public sealed class RunInFunction(ActivityHost host, RunJournal journal)
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(5);

    /// <summary>Carries out the run and stores it.</summary>
    /// <param name="request">The run.</param>
    /// <param name="cancellationToken">Cancelled when the host stops: the activity then fails, and another host takes it.</param>
    /// <returns>A task that ends when it is stored.</returns>
    [Function(nameof(RunInFunction))]
    public async Task RunAsync([ActivityTrigger] RunRequest request, CancellationToken cancellationToken)
    {
        (ExperimentDocument document, PlannedRun planned) = request;
        if (!planned.IsWarmup && await journal.HasAsync(document.Id, planned.RunId, cancellationToken))
            return;
        using var unwanted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task watching = CancelWhenUnwantedAsync(document.Id, unwanted);
        try
        {
            (RunResult run, TaskRecorder recorder) = await host.RunAsync(document, planned, unwanted.Token);
            if (!planned.IsWarmup)
                await journal.KeepAsync(document, new RunTimings(run, recorder.Timings()), unwanted.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The experiment was cancelled or deleted: nobody waits for the result.
        }
        finally
        {
            await unwanted.CancelAsync();
            await watching;
        }
    }

    private async Task CancelWhenUnwantedAsync(string experimentId, CancellationTokenSource unwanted)
    {
        using var timer = new PeriodicTimer(WatchInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(unwanted.Token))
                if (!await journal.IsWantedAsync(experimentId, unwanted.Token))
                    await unwanted.CancelAsync();
        }
        catch (Exception exception) when (exception is OperationCanceledException or StorageUnavailableException)
        {
            // The run has ended; or the storage does not answer, which is noticed when the run is to be stored.
        }
    }
}
