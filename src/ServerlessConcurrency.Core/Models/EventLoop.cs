namespace ServerlessConcurrency.Core.Models;

/// <summary>
/// A single-threaded <see cref="SynchronizationContext"/>: callbacks posted to it, from any thread, run one after another on
/// the thread that is inside <see cref="Run"/>.
/// </summary>
internal sealed class EventLoop : SynchronizationContext
{
    private readonly object _gate = new();
    private List<(SendOrPostCallback Callback, object? State)> _posted = [];
    private bool _idle;

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            _posted.Add((d, state));
            if (_idle)
                Monitor.Pulse(_gate);
        }
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("waiting for the event loop from another thread would invite deadlocks");

    /// <summary>Runs <paramref name="main"/> and everything it awaits on the calling thread until it has completed.</summary>
    /// <param name="main">The loop's first coroutine.</param>
    public void Run(Func<Task> main)
    {
        SynchronizationContext? previous = Current;
        SetSynchronizationContext(this);
        try
        {
            Task task = main();
            // Wakes the loop if the task completes without posting anything.
            task.ContinueWith(
                (_, loop) => ((EventLoop)loop!).Post(static _ => { }, null),
                this,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            List<(SendOrPostCallback Callback, object? State)> batch = [];
            while (!task.IsCompleted)
            {
                batch = TakePosted(batch);
                foreach ((SendOrPostCallback callback, object? state) in batch)
                    callback(state);
                batch.Clear();
            }

            task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(previous);
        }
    }

    private List<(SendOrPostCallback Callback, object? State)> TakePosted(
        List<(SendOrPostCallback Callback, object? State)> empty)
    {
        lock (_gate)
        {
            _idle = true;
            while (_posted.Count == 0)
                Monitor.Wait(_gate);
            _idle = false;
            List<(SendOrPostCallback Callback, object? State)> taken = _posted;
            _posted = empty;
            return taken;
        }
    }
}
