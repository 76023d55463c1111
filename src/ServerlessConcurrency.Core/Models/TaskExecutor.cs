using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Models;

/// <summary>Executes single tasks of a run in this process and records them; a task that throws is recorded as failed.</summary>
/// <param name="run">The run.</param>
/// <param name="execution">How the model handles waiting, computing and cancellation.</param>
internal sealed class TaskExecutor(RunContext run, Execution execution)
{
    private int _next = -1;

    /// <summary>Executes tasks in index order, sharing them with every other caller, until none is left.</summary>
    public void ExecuteRemaining()
    {
        int index;
        while ((index = Interlocked.Increment(ref _next)) < run.Tasks)
            Execute(index);
    }

    /// <summary>Executes one task on the calling thread.</summary>
    public void Execute(int index)
    {
        execution.CancellationToken.ThrowIfCancellationRequested();
        long started = run.Clock.GetTimestamp();
        ulong checksum;
        try
        {
            checksum = run.Workload.Execute(run.Input(index), execution);
        }
        catch (OperationCanceledException) when (execution.CancellationToken.IsCancellationRequested)
        {
            // With the run's own token whatever the workload threw: Parallel.ForEach takes only that for a cancellation.
            throw new OperationCanceledException(execution.CancellationToken);
        }
        catch (Exception exception)
        {
            Record(index, started, 0, exception);
            return;
        }

        Record(index, started, checksum, null);
    }

    /// <summary>Executes one task, awaiting where it waits; begins on the calling thread, unless the run is cancelled.</summary>
    public Task ExecuteAsync(int index) => execution.CancellationToken.IsCancellationRequested
        ? Task.FromCanceled(execution.CancellationToken)
        : BeginAsync(index);

    private async Task BeginAsync(int index)
    {
        long started = run.Clock.GetTimestamp();
        ulong checksum;
        try
        {
            checksum = await run.Workload.ExecuteAsync(run.Input(index), execution);
        }
        catch (Exception exception) when (!IsCancellation(exception))
        {
            Record(index, started, 0, exception);
            return;
        }

        Record(index, started, checksum, null);
    }

    private void Record(int index, long started, ulong checksum, Exception? exception) => run.Recorder.Record(new TaskAttempt(
        index,
        Attempt: 1,
        HostIdentity.Current,
        Environment.CurrentManagedThreadId,
        run.Recorder.BeganTicks,
        started,
        run.Clock.GetTimestamp(),
        checksum,
        exception is null ? TaskOutcome.Succeeded : TaskOutcome.Failed,
        exception?.Message.ReplaceLineEndings(" ")));

    private bool IsCancellation(Exception exception) =>
        exception is OperationCanceledException && execution.CancellationToken.IsCancellationRequested;
}
