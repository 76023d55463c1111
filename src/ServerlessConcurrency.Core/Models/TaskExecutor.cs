using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Models;

/// <summary>Executes the tasks of a run in this process and records them.</summary>
/// <param name="execution">How the model handles waiting, computing and cancellation.</param>
internal sealed class TaskExecutor(RunContext run, Execution execution)
{
    private readonly TaskExecution _task = new(run.Order, () => run.Workload, run.Clock);
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
        run.Recorder.Record(_task.Execute(index, execution, attempt: 1, run.Recorder.BeganTicks));
    }

    /// <summary>Executes one task, awaiting where it waits; begins on the calling thread, unless the run is cancelled.</summary>
    public async Task ExecuteAsync(int index)
    {
        execution.CancellationToken.ThrowIfCancellationRequested();
        run.Recorder.Record(await _task.ExecuteAsync(index, execution, attempt: 1, run.Recorder.BeganTicks));
    }

    /// <summary>Executes every task, awaiting where it waits: as many at once as may be under way, begun in index order on the calling thread.</summary>
    public Task ExecuteAllAsync()
    {
        _next = run.InFlight - 1;
        return Task.WhenAll(Enumerable.Range(0, run.InFlight).Select(ExecuteFromAsync));
    }

    private async Task ExecuteFromAsync(int index)
    {
        for (; index < run.Tasks; index = Interlocked.Increment(ref _next))
        {
            // Not ExecuteAsync: a second state machine would be part of what a wait is measured to cost.
            execution.CancellationToken.ThrowIfCancellationRequested();
            run.Recorder.Record(await _task.ExecuteAsync(index, execution, attempt: 1, run.Recorder.BeganTicks));
        }
    }
}
