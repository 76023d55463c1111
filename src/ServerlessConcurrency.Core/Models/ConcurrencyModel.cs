using ServerlessConcurrency.Core.Measurement;

namespace ServerlessConcurrency.Core.Models;

/// <summary>
/// A way to run the tasks of a run. The runner calls <see cref="PrepareAsync"/>, then, as the measured part,
/// <see cref="ExecuteAsync"/>, then <see cref="CompleteAsync"/>. Only one run is under way at a time.
/// </summary>
public abstract class ConcurrencyModel : IAsyncDisposable
{
    public abstract ModelTraits Traits { get; }

    /// <summary>The name in a spec, e.g. <c>threads</c>.</summary>
    public string Id => Traits.Id;

    /// <summary>Whether a run may be carried out several times under the same run id.</summary>
    public virtual bool CanRepeat => true;

    /// <summary>Whether users' code is executed in other processes only, where it harms nobody else.</summary>
    public virtual bool IsolatesOwnCode => false;

    /// <summary>Starts what must be there before the clock starts, e.g. child processes. Not measured.</summary>
    public virtual ValueTask PrepareAsync(RunContext run) => ValueTask.CompletedTask;

    /// <summary>
    /// Executes every task of the run and records every attempt. Returns when each task has succeeded or failed for good; a
    /// failing task does not stop the others.
    /// </summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public abstract Task ExecuteAsync(RunContext run);

    /// <summary>Collects what other processes used during the run. Not measured.</summary>
    /// <returns>One entry for each other process that took part; empty for models of this process.</returns>
    public virtual ValueTask<IReadOnlyList<ResourceUsage>> CompleteAsync(RunContext run) => new([]);

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
