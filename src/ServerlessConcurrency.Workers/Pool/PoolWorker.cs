using System.Diagnostics;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers.Pool;

/// <summary>
/// The pool's side of one worker process. A thread of its own reads all results that have arrived, hands the worker as many
/// new tasks in one write, and then passes the results on. When the process ends, so does the thread.
/// </summary>
internal sealed class PoolWorker
{
    private const double AverageWeight = 1 / 8.0;

    private readonly WorkerProcess _process;
    private readonly Action<PoolWorker, BatchWork?, WorkerDeath> _died;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly Queue<PendingTask> _inFlight = new(TaskWindow.Most);
    private TaskAttempt[] _finished = new TaskAttempt[TaskWindow.Most];
    private int _finishedCount;
    private BatchWork? _work;
    private TaskCompletionSource<RunBegun>? _begun;
    private TaskCompletionSource<ResourceUsage>? _usage;
    private Deadline? _hearing;
    private TimeSpan _cpuTimeAtBegin;
    private double _averageTicks = -1;
    private long _headStartedTicks;
    private PendingTask? _timedOut;
    private TimeSpan _timeout;
    private bool _isDead;

    /// <summary>Begins to serve a process.</summary>
    /// <param name="process">The process, from now on owned by this object.</param>
    /// <param name="startTime">How long it took until the process was ready, its wait for a turn to start included.</param>
    /// <param name="died">Called on the worker's thread when the process has ended, whatever the reason.</param>
    public PoolWorker(WorkerProcess process, TimeSpan startTime, Action<PoolWorker, BatchWork?, WorkerDeath> died)
    {
        _process = process;
        StartTime = startTime;
        _died = died;
        new Thread(Serve) { IsBackground = true, Name = $"worker {process.Host.ProcessId}" }.Start();
    }

    public HostIdentity Host => _process.Host;

    /// <summary>How long it took until the process was ready, since its start was asked for.</summary>
    public TimeSpan StartTime { get; }

    /// <summary>Ends when nothing of the process is left and its tasks have been given back.</summary>
    public Task Ended => _ended.Task;

    public bool IsDead => Volatile.Read(ref _isDead);

    /// <summary>Whether no task is with the worker. Read without a lock.</summary>
    public bool IsIdle => _inFlight.Count == 0;

    /// <summary>Tells the worker which run its next tasks belong to and waits until it is ready for them.</summary>
    /// <exception cref="WorkerStartException">The worker died.</exception>
    public async Task BeginRunAsync(PoolAssignment assignment, CancellationToken cancellationToken)
    {
        var begun = new TaskCompletionSource<RunBegun>(TaskCreationOptions.RunContinuationsAsynchronously);
        using Deadline hearing = _process.Expect("answer");
        using Deadline warming = _process.Expect("begin a run", AnswerLimit.WarmUp(assignment.Run));
        lock (_lock)
        {
            _hearing = hearing;
            _begun = begun;
            _averageTicks = -1;
            if (_isDead)
                begun.SetException(new WorkerStartException($"worker process {Host.ProcessId} has ended"));
            _process.Writer.Append(SignOfLife.Ask, 0);
            _process.Writer.AppendJson(PoolFrame.BeginRun, assignment);
            TryFlush();
        }

        _cpuTimeAtBegin = (await begun.Task.WaitAsync(cancellationToken)).CpuTime;
    }

    /// <summary>Asks the worker what the run has used; of a dead one, or one that does not answer and is killed, what is known.</summary>
    public async Task<ResourceUsage> EndRunAsync()
    {
        var usage = new TaskCompletionSource<ResourceUsage>(TaskCreationOptions.RunContinuationsAsynchronously);
        using Deadline inTime = _process.Expect("say what a run has used", AnswerLimit.End);
        lock (_lock)
        {
            if (_isDead)
                return UsageAtDeath;
            _usage = usage;
            _process.Writer.Append(PoolFrame.EndRun, 0);
            TryFlush();
        }

        return await usage.Task;
    }

    /// <summary>Of a dead worker's run only the processor time is known, and that only where the system still tells.</summary>
    public ResourceUsage UsageAtDeath { get; private set; } = Unknown(TimeSpan.Zero);

    /// <summary>Makes the worker take its tasks from a source, or from none.</summary>
    public void Attach(BatchWork? work)
    {
        lock (_lock)
            _work = work;
        Feed();
    }

    /// <summary>Gives the worker as many tasks as it should have.</summary>
    public void Feed()
    {
        lock (_lock)
            FeedLocked();
    }

    /// <summary>Kills the worker if the task under way has taken longer than is allowed.</summary>
    public void CheckTimeout(TimeSpan timeout)
    {
        lock (_lock)
        {
            if (_isDead || _timedOut is not null || !_inFlight.TryPeek(out PendingTask head))
                return;
            if (Stopwatch.GetElapsedTime(_headStartedTicks) <= timeout)
                return;
            _timedOut = head;
            _timeout = timeout;
            _process.Kill();
        }
    }

    public void Kill() => _process.Kill();

    /// <summary>Makes the worker end, by force if it does not by itself.</summary>
    public async Task StopAsync()
    {
        lock (_lock)
        {
            _work = null;
            _process.CloseInput();
        }

        if (await Task.WhenAny(Ended, Task.Delay(TimeSpan.FromSeconds(2))) != Ended)
        {
            _process.Kill();
            await Ended;
        }
    }

    private static ResourceUsage Unknown(TimeSpan cpuTime) => new(cpuTime, null, null, null, 0, 0, 0, 0, StorageRequests.None);

    private void Serve()
    {
        string? disorder = null;
        try
        {
            while (_process.Reader.Fill())
                ReadFrames();
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            disorder = $"was killed because of what it wrote to standard output: {exception.Message}";
            _process.Kill();
        }

        (BatchWork? work, WorkerDeath death) = Bury(disorder);
        _process.Dispose();
        _died(this, work, death);
        _ended.SetResult();
    }

    private void ReadFrames()
    {
        BatchWork? work;
        lock (_lock)
        {
            while (_process.Reader.TryRead(out Frame frame))
                Handle(frame);
            if (_finishedCount > 0)
                FeedLocked();
            work = _work;
        }

        if (_finishedCount == 0)
            return;
        int count = _finishedCount;
        _finishedCount = 0;
        work?.Finish(_finished.AsSpan(0, count));
    }

    private void Handle(Frame frame)
    {
        switch (frame.Kind)
        {
            case PoolFrame.Result:
                Take(frame);
                break;
            case SignOfLife.Given:
                _hearing?.Dispose();
                break;
            case PoolFrame.RunBegun:
                _begun?.TrySetResult(frame.ReadJson<RunBegun>());
                break;
            case PoolFrame.RunEnded:
                _usage?.TrySetResult(frame.ReadJson<ResourceUsage>());
                break;
            default:
                throw new InvalidDataException($"unknown frame {frame.Kind}");
        }
    }

    private void Take(Frame frame)
    {
        bool isExpected = _inFlight.TryDequeue(out PendingTask task);
        TaskAttempt result = ResultFrame.Read(frame, Host, task.QueuedTicks);
        if (!isExpected || task.Index != result.TaskIndex || task.Attempt != result.Attempt)
            throw new InvalidDataException($"a result of task {result.TaskIndex}, attempt {result.Attempt}, which is not with it");

        long duration = result.FinishedTicks - result.StartedTicks;
        _averageTicks = _averageTicks < 0 ? duration : _averageTicks + ((duration - _averageTicks) * AverageWeight);
        _headStartedTicks = result.FinishedTicks;
        if (_finishedCount == _finished.Length)
            Array.Resize(ref _finished, _finished.Length * 2);
        _finished[_finishedCount++] = result;
    }

    private void FeedLocked()
    {
        if (_work is null || _isDead || _timedOut is not null)
            return;
        bool isAlone = _inFlight.TryPeek(out PendingTask head) && head.IsAlone;
        if (_inFlight.Count == 0)
            _headStartedTicks = Stopwatch.GetTimestamp();
        while (_work.TryTake(new WorkerLoad(_inFlight.Count, isAlone, _averageTicks), out PendingTask task))
        {
            isAlone |= task.IsAlone;
            _inFlight.Enqueue(task);
            new TaskFrame(task.Index, task.Attempt).Write(_process.Writer);
        }

        TryFlush();
    }

    private void TryFlush()
    {
        try
        {
            _process.Writer.Flush();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The process is gone; its thread is about to find out and gives the tasks back.
        }
    }

    private (BatchWork? Work, WorkerDeath Death) Bury(string? disorder)
    {
        long noticed = Stopwatch.GetTimestamp();
        TimeSpan cpuTime = _process.CpuTime;
        // Killed by this process, its exit code would tell of a signal that others send, too, such as when memory runs out.
        string description = _process.DescribeExit(_timedOut is { } late
            ? $"was killed because task {late.Index} {TaskExecution.DescribeTimeout(_timeout)}"
            : disorder);
        lock (_lock)
        {
            Volatile.Write(ref _isDead, true);
            UsageAtDeath = Unknown(cpuTime > _cpuTimeAtBegin ? cpuTime - _cpuTimeAtBegin : TimeSpan.Zero);
            _usage?.TrySetResult(UsageAtDeath);
            _begun?.TrySetException(new WorkerStartException($"a worker could not begin a run: {description}"));
            PendingTask[] unfinished = [.. _inFlight];
            _inFlight.Clear();
            BatchWork? work = _work;
            _work = null;
            return (work, new WorkerDeath(Host, description, _timedOut, unfinished, _headStartedTicks, noticed));
        }
    }
}
