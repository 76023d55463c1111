using System.Collections.Concurrent;
using System.Diagnostics;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Workers.Pool;

/// <summary>Single tasks, one with each worker at a time, tried once.</summary>
internal sealed class SingleWork : WorkSource
{
    private readonly ConcurrentQueue<TaskRequest> _requests = new();
    private Exception? _failure;

    public override bool NeedsWorkers => true;

    public void Add(TaskRequest request)
    {
        _requests.Enqueue(request);
        if (Volatile.Read(ref _failure) is { } failure)
            Fail(failure);
    }

    public override bool TryTake(in WorkerLoad load, out PendingTask task)
    {
        task = default;
        if (load.InFlight > 0 || !_requests.TryDequeue(out TaskRequest? request))
            return false;
        task = new PendingTask(request.Index, Attempt: 1, Stopwatch.GetTimestamp(), IsAlone: true, request);
        return true;
    }

    public override void Finish(ReadOnlySpan<FinishedTask> finished)
    {
        foreach (ref readonly FinishedTask task in finished)
        {
            if (task.Attempt.Outcome == TaskOutcome.Succeeded)
                task.Task.Request!.Succeed(task.Attempt.Checksum);
            else
                task.Task.Request!.Fail(new TaskFailedException(task.Attempt.Error!));
        }
    }

    public override void Lose(WorkerDeath death)
    {
        foreach (PendingTask task in death.Unfinished)
            task.Request!.Fail(new TaskFailedException(death.Description));
    }

    public override void Fail(Exception exception)
    {
        Volatile.Write(ref _failure, exception);
        while (_requests.TryDequeue(out TaskRequest? request))
            request.Fail(new TaskFailedException(exception.Message, exception));
    }
}
