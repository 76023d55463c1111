using System.Collections.Concurrent;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Workers.Pool;

/// <summary>
/// The tasks of one run: handed out in the order of their indices, each tried up to three times where a worker dies with it. Called by
/// many threads at once.
/// </summary>
internal sealed class BatchWork(RunContext run)
{
    /// <summary>How many times a task is tried in all.</summary>
    public const int MostAttempts = 3;

    /// <summary>So many workers in a row without a single result: something is wrong with all tasks, or the machine.</summary>
    public const int MostDeathsInARow = 100;

    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<PendingTask> _returned = new();
    private readonly ConcurrentQueue<PendingTask> _retries = new();
    private int _next;
    private int _unresolved = run.Tasks;
    private int _deathsInARow;
    private volatile bool _isStopped;

    /// <summary>Ends when every task has succeeded or failed for good, or the run was cancelled or given up.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Whether a worker that died has to be replaced.</summary>
    public bool NeedsWorkers => !_isStopped && (NotHandedOut > 0 || !_returned.IsEmpty || !_retries.IsEmpty);

    private int NotHandedOut => Math.Max(0, run.Tasks - Volatile.Read(ref _next));

    /// <summary>Hands out no more tasks and ends the run as cancelled; results still on their way are recorded.</summary>
    public void Cancel()
    {
        _isStopped = true;
        _completion.TrySetCanceled(run.CancellationToken);
    }

    /// <summary>Gives up: nothing more can be executed.</summary>
    public void Fail(Exception exception)
    {
        _isStopped = true;
        _completion.TrySetException(exception);
    }

    /// <summary>Takes a task for a worker. Called while the worker is locked: it must not call back.</summary>
    public bool TryTake(in WorkerLoad load, out PendingTask task)
    {
        task = default;
        if (_isStopped || load.IsAlone)
            return false;
        if (load.InFlight == 0 && _retries.TryDequeue(out task))
            return true;
        if (load.InFlight >= TaskWindow.Size(load.AverageTicks, NotHandedOut + _returned.Count, run.Degree))
            return false;
        if (!_returned.IsEmpty && _returned.TryDequeue(out task))
            return true;
        if (NotHandedOut == 0)
            return false;

        int index = Interlocked.Increment(ref _next) - 1;
        task = new PendingTask(index, Attempt: 1, run.Recorder.BeganTicks);
        return index < run.Tasks;
    }

    /// <summary>Takes results of one worker, in the order in which it executed them.</summary>
    public void Finish(ReadOnlySpan<TaskAttempt> finished)
    {
        foreach (ref readonly TaskAttempt attempt in finished)
            run.Recorder.Record(attempt);
        Volatile.Write(ref _deathsInARow, 0);
        Resolve(finished.Length);
    }

    /// <summary>Decides what becomes of a dead worker's tasks.</summary>
    public void Lose(WorkerDeath death)
    {
        if (_isStopped)
            return;
        run.Facts.AddLostProcess();
        if (Interlocked.Increment(ref _deathsInARow) >= MostDeathsInARow)
        {
            Fail(new ProcessesLostException(
                $"{MostDeathsInARow} worker processes died one after another without finishing a task; the last one: "
                + death.Description));
            return;
        }

        for (int position = 0; position < death.Unfinished.Count; position++)
        {
            PendingTask task = death.Unfinished[position];
            // Who waited behind a task that took too long had not begun and is not charged an attempt.
            if (death.TimedOut is { } culprit && culprit != task)
                _returned.Enqueue(task);
            else
                Charge(task, death, wasUnderWay: position == 0);
        }
    }

    private void Charge(PendingTask task, WorkerDeath death, bool wasUnderWay)
    {
        bool isLast = task.Attempt >= MostAttempts;
        string error = isLast ? $"given up after {MostAttempts} attempts: {death.Description}" : death.Description;
        run.Recorder.Record(TaskAttempt.Lost(task.Index, task.Attempt, death.Host, task.QueuedTicks, death.NoticedTicks, error) with
        {
            StartedTicks = wasUnderWay ? death.StartedTicks : death.NoticedTicks,
            Outcome = death.TimedOut is not null ? TaskOutcome.TimedOut : TaskOutcome.Lost,
        });
        if (isLast)
            Resolve(1);
        else
            _retries.Enqueue(new PendingTask(task.Index, task.Attempt + 1, death.NoticedTicks, IsAlone: true));
    }

    private void Resolve(int tasks)
    {
        if (Interlocked.Add(ref _unresolved, -tasks) == 0)
            _completion.TrySetResult();
    }
}
