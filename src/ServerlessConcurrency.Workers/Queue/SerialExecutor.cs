using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Workers.Queue;

/// <summary>Executes one task after another in its blocking form, on a thread of its own, and watches how long each takes.</summary>
internal sealed class SerialExecutor(
    QueueAssignment assignment, QueueTaskHandler handler, Prefetch prefetch, ChannelWriter<FinishedTask> finished, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan TimerResolution = TimeSpan.FromMilliseconds(1);

    private readonly BlockingCollection<HeldMessage> _waiting = [];
    private readonly Channel<bool> _taken = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly TaskCompletionSource<FinishedTask> _timedOut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _currentLock = new();
    private HeldMessage? _current;
    private long _currentStartedTicks;

    /// <summary>Ends, with an attempt that says so, when a task has outlived the task timeout. Its thread cannot be stopped.</summary>
    public Task<FinishedTask> TimedOut => _timedOut.Task;

    public void Add(HeldMessage message) => _waiting.Add(message);

    /// <summary>Waits until no more than a number of tasks wait for their turn.</summary>
    /// <exception cref="OperationCanceledException">The run has ended.</exception>
    public async ValueTask WaitUntilFewWaitAsync(CancellationToken cancellationToken)
    {
        while (IsBusy() || _waiting.Count > prefetch.LowWater)
            await _taken.Reader.ReadAsync(cancellationToken);
    }

    /// <summary>Executes tasks until the run ends.</summary>
    public Task RunAsync(CancellationToken ended) => Task.Factory.StartNew(
        () => Run(ended), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Dispose() => _waiting.Dispose();

    private bool IsBusy()
    {
        lock (_currentLock)
            return prefetch.IsCareful && _current is not null;
    }

    private void Run(CancellationToken ended)
    {
        ITimer? armed = null;
        using ITimer watch = clock.CreateTimer(
            _ => ReportTimeout(Volatile.Read(ref armed)!), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Volatile.Write(ref armed, watch);
        var execution = new Execution(ended);
        try
        {
            foreach (HeldMessage message in _waiting.GetConsumingEnumerable(ended))
                if (!message.IsLost)
                    Execute(message, execution, watch);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // Every task of the run has its result: what is cut short here was delivered twice.
        }
    }

    private void Execute(HeldMessage message, Execution execution, ITimer watch)
    {
        Begin(message);
        watch.Change(assignment.Run.TaskTimeout, Timeout.InfiniteTimeSpan);
        TaskAttempt attempt = handler.Execute(message.Task, message.DeliveryCount, execution);
        watch.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        prefetch.TaskTook(Stopwatch.GetElapsedTime(attempt.StartedTicks, attempt.FinishedTicks));
        if (End())
            HandOver(new FinishedTask(message, attempt), execution.CancellationToken);
        _taken.Writer.TryWrite(true);
    }

    private void HandOver(FinishedTask task, CancellationToken ended)
    {
        // It is full when storing results takes longer than computing them.
        if (!finished.TryWrite(task))
            finished.WriteAsync(task, ended).AsTask().GetAwaiter().GetResult();
    }

    private void Begin(HeldMessage message)
    {
        lock (_currentLock)
        {
            _current = message;
            _currentStartedTicks = clock.GetTimestamp();
        }

        _taken.Writer.TryWrite(true);
    }

    private bool End()
    {
        lock (_currentLock)
        {
            bool inTime = _current is not null;
            _current = null;
            return inTime;
        }
    }

    private void ReportTimeout(ITimer watch)
    {
        lock (_currentLock)
        {
            if (_current is not { } late)
                return;
            // Timers count in ms and may fire a little early; and that of one task may fire when the next one has just begun.
            TimeSpan left = assignment.Run.TaskTimeout - clock.GetElapsedTime(_currentStartedTicks);
            if (left > TimeSpan.Zero)
            {
                watch.Change(left + TimerResolution, Timeout.InfiniteTimeSpan);
                return;
            }

            TaskAttempt attempt = handler.TimedOut(late.Task, late.DeliveryCount, _currentStartedTicks);
            _current = null;
            _timedOut.TrySetResult(new FinishedTask(late, attempt));
        }
    }
}
