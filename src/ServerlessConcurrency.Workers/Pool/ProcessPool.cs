using System.Diagnostics;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Workers.Pool;

/// <summary>
/// Child processes that execute tasks, fed over pipes. They are started when a run first needs them and kept for later runs;
/// one that dies is replaced. One run at a time: <see cref="BeginAsync"/>, then <see cref="RunAsync"/> or calls of
/// <see cref="ExecuteAsync"/>, then <see cref="EndAsync"/>.
/// </summary>
/// <param name="launch">How to start a child process.</param>
/// <param name="environment">What the workloads talk to, read when a process is started.</param>
public sealed class ProcessPool(WorkerLaunch launch, WorkloadEnvironment environment) : IAsyncDisposable
{
    private const int MostStartAttempts = 3;

    private static readonly TimeSpan DrainPatience = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly List<PoolWorker> _spares = [];
    private readonly List<PoolWorker> _dead = [];
    private readonly List<PoolWorker> _lost = [];
    private CancellationTokenSource _runEnd = new();
    private volatile PoolWorker[] _participants = [];
    private ProcessPoolRun? _run;
    private BatchWork? _batch;
    private SingleWork? _single;

    /// <summary>The role of the child processes; one of another name has to call <see cref="ServeAsync"/>.</summary>
    public string Role { get; init; } = ProcessesRole.RoleName;

    /// <summary>What else the role needs; sent as JSON, null for nothing.</summary>
    public object? RoleSettings { get; init; }

    /// <summary>
    /// How long it took to start the processes that take part in the run, whenever that was, until the last was ready: the longest of
    /// their starts, which are asked for at the same time.
    /// </summary>
    public TimeSpan StartTime => _participants.Select(worker => worker.StartTime).DefaultIfEmpty().Max();

    /// <summary>The processes that take part in the run and are alive.</summary>
    public IReadOnlyList<HostIdentity> Workers => [.. _participants.Where(worker => !worker.IsDead).Select(worker => worker.Host)];

    /// <summary>What a child process of a pool does, for roles that bring workloads of their own.</summary>
    /// <param name="session">The child's side of the pipes.</param>
    /// <param name="workloads">The workloads.</param>
    /// <returns>A task that ends when the parent has closed the pipe.</returns>
    public static Task ServeAsync(WorkerSession session, WorkloadCatalog workloads) => new ProcessesRole(workloads).RunAsync(session);

    /// <summary>Sees to it that there are enough processes and that they are ready for the tasks of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="degree">How many processes take part, 1 or more; others that may be there stay idle.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when all are ready.</returns>
    /// <exception cref="WorkerStartException">A process could not be started in three attempts.</exception>
    /// <exception cref="OperationCanceledException">The preparation was cancelled.</exception>
    public async Task BeginAsync(ProcessPoolRun run, int degree, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1);
        await SettleAsync();
        _runEnd.Dispose();
        _runEnd = new CancellationTokenSource();
        _run = run;
        _single = null;
        Queue<PoolWorker> alive = new([.. _participants.Concat(_spares).Where(worker => !worker.IsDead)]);
        lock (_lock)
        {
            _participants = [];
            _dead.Clear();
            _lost.Clear();
        }

        // More starts at a time than this would only make each of them slower.
        using var turn = new SemaphoreSlim(2 * Environment.ProcessorCount);
        long asked = Stopwatch.GetTimestamp();
        Task<PoolWorker>[] starts =
        [
            .. Enumerable.Range(0, degree).Select(_ => ReadyAsync(
                run, alive.TryDequeue(out PoolWorker? worker) ? worker : null, turn, asked, cancellationToken)),
        ];
        try
        {
            await Task.WhenAll(starts);
        }
        finally
        {
            _spares.Clear();
            _spares.AddRange(alive);
            _participants = [.. starts.Where(start => start.IsCompletedSuccessfully).Select(start => start.Result)];
        }
    }

    /// <summary>
    /// Executes all tasks of a run and records every attempt. A task that throws has failed. A task whose process dies, or is
    /// killed because the task outlives the run's timeout, is tried again, three times in all and alone in its process.
    /// </summary>
    /// <param name="run">The run that was begun, with the same degree.</param>
    /// <returns>A task that ends when every task has succeeded or failed for good.</returns>
    /// <exception cref="WorkerStartException">A dead process could not be replaced in three attempts.</exception>
    /// <exception cref="InvalidOperationException">A hundred processes in a row died without finishing a task.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; no process is executing its tasks any more.</exception>
    public async Task RunAsync(RunContext run)
    {
        var work = new BatchWork(run);
        _batch = work;
        run.Facts.ProcessStart = StartTime;
        try
        {
            await using CancellationTokenRegistration cancelled = run.CancellationToken.UnsafeRegister(
                static state => ((BatchWork)state!).Cancel(), work);
            using var timeouts = new TimeoutWatch(() => _participants, run.TaskTimeout);
            Attach(work);
            await work.Completion;
        }
        catch
        {
            await QuiesceAsync();
            throw;
        }
        finally
        {
            Attach(null);
        }
    }

    /// <summary>Executes a single task of the run that was begun, on a process that has no other; waits for one if need be.</summary>
    /// <param name="index">The task's index.</param>
    /// <returns>The checksum. Continuations run on the thread that reads the process's results: they should be short.</returns>
    /// <exception cref="TaskFailedException">The task threw an exception, or its process died.</exception>
    public ValueTask<ulong> ExecuteAsync(int index)
    {
        SingleWork work = _single ?? AttachSingle();
        var request = new TaskRequest(index);
        ValueTask<ulong> result = request.Result;
        work.Add(request);
        foreach (PoolWorker worker in _participants)
        {
            if (worker.Feed())
                break;
        }

        return result;
    }

    /// <summary>Ends the run.</summary>
    /// <returns>
    /// What each process used since the run began. Of one that died during the run only the processor time is known, and that
    /// only where the system still tells after its end; otherwise it counts as zero.
    /// </returns>
    public async Task<IReadOnlyList<ResourceUsage>> EndAsync()
    {
        await SettleAsync();
        Attach(null);
        PoolWorker[] participants = _participants;
        ResourceUsage[] usage = await Task.WhenAll(participants.Select(worker => worker.EndRunAsync()));
        lock (_lock)
            return [.. usage, .. _lost.Except(participants).Select(worker => worker.UsageAtDeath)];
    }

    /// <summary>Ends all processes.</summary>
    /// <returns>A task that ends when they are gone.</returns>
    public async ValueTask DisposeAsync()
    {
        var disposed = new ObjectDisposedException(nameof(ProcessPool), "the pool was stopped during a run");
        _batch?.Fail(disposed);
        _single?.Fail(disposed);
        await SettleAsync();
        await Task.WhenAll(_participants.Concat(_spares).Select(worker => worker.StopAsync()));
        _participants = [];
        _spares.Clear();
        _runEnd.Dispose();
    }

    private void Attach(WorkSource? work)
    {
        foreach (PoolWorker worker in _participants)
            worker.Attach(work);
    }

    private SingleWork AttachSingle()
    {
        lock (_lock)
        {
            if (_single is null)
            {
                var work = new SingleWork();
                Attach(work);
                _single = work;
            }

            return _single;
        }
    }

    private async Task<PoolWorker> ReadyAsync(
        ProcessPoolRun run, PoolWorker? former, SemaphoreSlim turn, long asked, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await ReadyAsync(run, former, asked, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<PoolWorker> ReadyAsync(
        ProcessPoolRun run, PoolWorker? former, long asked, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            PoolWorker? worker = former;
            former = null;
            try
            {
                worker ??= await StartAsync(asked, cancellationToken);
                await worker.BeginRunAsync(run, cancellationToken);
                return worker;
            }
            catch (Exception exception)
            {
                if (worker is not null)
                    await worker.StopAsync();
                if (exception is not WorkerStartException || attempt == MostStartAttempts)
                    throw;
            }
        }
    }

    private async Task<PoolWorker> StartAsync(long asked, CancellationToken cancellationToken)
    {
        WorkerProcess process = await WorkerProcess.StartAsync(
            launch, Role, environment, RoleSettings, cancellationToken);
        return new PoolWorker(process, Stopwatch.GetElapsedTime(asked), OnDied);
    }

    /// <summary>Runs on the dead worker's thread, which is not needed for anything else any more.</summary>
    private void OnDied(PoolWorker worker, WorkSource? work, WorkerDeath death)
    {
        CancellationToken runEnd;
        lock (_lock)
        {
            _dead.Add(worker);
            if (_participants.Contains(worker))
                _lost.Add(worker);
            runEnd = _runEnd.Token;
        }

        if (work is null)
            return;
        work.Lose(death);
        foreach (PoolWorker other in _participants)
            other.Feed();
        if (!work.NeedsWorkers)
            return;
        try
        {
            ProcessPoolRun run = _run! with { IsReplacement = true };
            Replace(worker, ReadyAsync(run, former: null, Stopwatch.GetTimestamp(), runEnd).GetAwaiter().GetResult(), work);
        }
        catch (OperationCanceledException)
        {
            // The run has ended without it.
        }
        catch (WorkerStartException exception)
        {
            work.Fail(exception);
        }
    }

    private void Replace(PoolWorker dead, PoolWorker replacement, WorkSource work)
    {
        bool isWanted;
        lock (_lock)
        {
            int position = Array.IndexOf(_participants, dead);
            isWanted = position >= 0;
            if (isWanted)
            {
                PoolWorker[] participants = [.. _participants];
                participants[position] = replacement;
                _participants = participants;
            }
        }

        if (isWanted)
            replacement.Attach(work);
        else
            replacement.StopAsync().GetAwaiter().GetResult();
    }

    /// <summary>Waits until nobody starts replacements any more.</summary>
    private async Task SettleAsync()
    {
        await _runEnd.CancelAsync();
        Task[] burials;
        lock (_lock)
            burials = [.. _dead.Select(worker => worker.Ended)];
        await Task.WhenAll(burials);
    }

    /// <summary>Lets short tasks finish, so that what they measured is kept, and kills the processes of long ones.</summary>
    private async Task QuiesceAsync()
    {
        long began = Stopwatch.GetTimestamp();
        while (Array.Exists(_participants, worker => !worker.IsIdle) && Stopwatch.GetElapsedTime(began) < DrainPatience)
            await Task.Delay(5);

        PoolWorker[] busy = Array.FindAll(_participants, worker => !worker.IsIdle);
        foreach (PoolWorker worker in busy)
            worker.Kill();
        await Task.WhenAll(busy.Select(worker => worker.Ended));
    }
}
