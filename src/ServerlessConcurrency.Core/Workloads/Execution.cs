namespace ServerlessConcurrency.Core.Workloads;

/// <summary>
/// The side of a concurrency model that a workload sees. The workload says where it waits, where it computes and where it
/// can be interrupted; the model decides what that means. One instance serves all tasks of a run.
/// </summary>
/// <param name="cancellationToken">Cancels the run.</param>
public class Execution(CancellationToken cancellationToken = default)
{
    /// <summary>Cancels the run; awaiting forms pass it to what they await.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>
    /// Called by long computations every 10 to 100 microseconds or so: throws when the run is cancelled, and lets a model
    /// take the processor away (<c>gil-threads</c> switches threads here).
    /// </summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public virtual void Checkpoint() => CancellationToken.ThrowIfCancellationRequested();

    /// <summary>Runs a blocking wait of the blocking form (sleep, socket, disk); <c>gil-threads</c> lets others run meanwhile.</summary>
    /// <typeparam name="TState">The type of <paramref name="state"/>.</typeparam>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="state">Handed to <paramref name="wait"/>, so that it need not capture variables.</param>
    /// <param name="wait">The blocking call.</param>
    /// <returns>What <paramref name="wait"/> returned.</returns>
    public virtual TResult Wait<TState, TResult>(TState state, Func<TState, TResult> wait) => wait(state);

    /// <summary>Runs a computation of the awaiting form; by default at once, on the calling thread.</summary>
    /// <param name="task">Handed to <paramref name="compute"/>.</param>
    /// <param name="compute">The computation.</param>
    /// <returns>The checksum that <paramref name="compute"/> returned.</returns>
    public virtual ValueTask<ulong> ComputeAsync(TaskInput task, Func<TaskInput, Execution, ulong> compute) =>
        new(compute(task, this));
}
