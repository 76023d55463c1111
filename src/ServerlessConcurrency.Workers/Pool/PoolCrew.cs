using System.Diagnostics;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Workers.Pool;

/// <summary>The workers of a pool: those that take part in the run, spares of earlier runs, and replacements for those that die.</summary>
internal sealed class PoolCrew : IAsyncDisposable
{
    private static readonly TimeSpan DrainPatience = TimeSpan.FromMilliseconds(200);

    private readonly PoolStart _start;
    private readonly Lock _lock = new();
    private readonly List<PoolWorker> _spares = [];
    private readonly List<PoolWorker> _dead = [];
    private readonly List<PoolWorker> _lost = [];
    private CancellationTokenSource _runEnd = new();
    private volatile PoolWorker[] _participants = [];
    private RunOrder? _run;

    public PoolCrew(Func<CancellationToken, Task<WorkerProcess>> startProcess) => _start = new PoolStart(startProcess, OnDied);

    /// <summary>The workers of the run that was begun last.</summary>
    public PoolWorker[] Participants => _participants;

    /// <summary>The workers that died while they took part in it.</summary>
    public IReadOnlyList<PoolWorker> Lost
    {
        get
        {
            lock (_lock)
                return [.. _lost];
        }
    }

    /// <summary>Has as many workers as a run's degree begin it.</summary>
    /// <exception cref="WorkerStartException">A process could not be started.</exception>
    public async Task StaffAsync(RunOrder run, CancellationToken cancellationToken)
    {
        await SettleAsync();
        _runEnd.Dispose();
        _runEnd = new CancellationTokenSource();
        _run = run;
        Queue<PoolWorker> alive = new([.. _participants.Concat(_spares).Where(worker => !worker.IsDead)]);
        WorkerStart.ThrowIfTooMany(run.Degree - alive.Count, PoolStart.AtOnce);
        lock (_lock)
        {
            _participants = [];
            _dead.Clear();
            _lost.Clear();
        }

        Task<PoolWorker>[] starts = _start.ReadyAll(new PoolAssignment(run), alive, cancellationToken);
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

    /// <summary>Makes the participants take tasks of a run, or none.</summary>
    public void Attach(BatchWork? work)
    {
        foreach (PoolWorker worker in _participants)
            worker.Attach(work);
    }

    /// <summary>Waits until nobody starts replacements any more.</summary>
    public async Task SettleAsync()
    {
        await _runEnd.CancelAsync();
        Task[] burials;
        lock (_lock)
            burials = [.. _dead.Select(worker => worker.Ended)];
        await Task.WhenAll(burials);
    }

    /// <summary>Lets short tasks finish, so that what they measured is kept, and kills the processes of long ones.</summary>
    public async Task QuiesceAsync()
    {
        long began = Stopwatch.GetTimestamp();
        while (Array.Exists(_participants, worker => !worker.IsIdle) && Stopwatch.GetElapsedTime(began) < DrainPatience)
            await Task.Delay(5);

        PoolWorker[] busy = Array.FindAll(_participants, worker => !worker.IsIdle);
        foreach (PoolWorker worker in busy)
            worker.Kill();
        await Task.WhenAll(busy.Select(worker => worker.Ended));
    }

    public async ValueTask DisposeAsync()
    {
        await SettleAsync();
        await Task.WhenAll(_participants.Concat(_spares).Select(worker => worker.StopAsync()));
        _participants = [];
        _spares.Clear();
        _runEnd.Dispose();
    }

    /// <summary>Runs on the dead worker's thread, which is not needed for anything else any more.</summary>
    private void OnDied(PoolWorker worker, BatchWork? work, WorkerDeath death)
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
            var assignment = new PoolAssignment(_run!, IsReplacement: true);
            Replace(worker, _start.ReadyAsync(assignment, former: null, Stopwatch.GetTimestamp(), runEnd).GetAwaiter().GetResult(), work);
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

    private void Replace(PoolWorker dead, PoolWorker replacement, BatchWork work)
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
}
