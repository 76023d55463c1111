namespace ServerlessConcurrency.Workers.Pool;

/// <summary>Where the workers of a pool get their tasks from and where the results go. Called by many threads at once.</summary>
internal abstract class WorkSource
{
    /// <summary>Whether a worker that died has to be replaced.</summary>
    public abstract bool NeedsWorkers { get; }

    /// <summary>Takes a task for a worker. Called while the worker is locked: it must not call back.</summary>
    /// <param name="load">What the worker has to do already.</param>
    /// <param name="task">The task.</param>
    /// <returns>Whether there is one for it.</returns>
    public abstract bool TryTake(in WorkerLoad load, out PendingTask task);

    /// <summary>Takes results.</summary>
    /// <param name="finished">The results of one worker, in the order in which it executed them.</param>
    public abstract void Finish(ReadOnlySpan<FinishedTask> finished);

    /// <summary>Decides what becomes of a dead worker's tasks.</summary>
    /// <param name="death">The worker's end.</param>
    public abstract void Lose(WorkerDeath death);

    /// <summary>Gives up: nothing more can be executed.</summary>
    /// <param name="exception">Why.</param>
    public abstract void Fail(Exception exception);
}
