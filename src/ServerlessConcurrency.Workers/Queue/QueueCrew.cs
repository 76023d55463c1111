using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Workers.Queue;

/// <summary>The worker processes of an experiment's <c>queue</c> runs.</summary>
internal sealed class QueueCrew(WorkerLaunch launch, WorkloadEnvironment environment) : IAsyncDisposable
{
    // A task that kills its worker does so once per delivery; more deaths than that without a result are not a task's doing.
    private const int DeathsPerWorker = 6;

    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(10);

    private readonly List<QueueWorkerLink> _workers = [];
    private QueueWorkerLink[] _working = [];
    private int _deaths;

    /// <summary>Whether a worker died in the current run.</summary>
    public bool HasLostWorkers { get; private set; }

    public IReadOnlyList<int> ProcessIds => [.. _workers.Select(worker => worker.ProcessId)];

    /// <summary>Sees to it that a number of workers are there and alive.</summary>
    /// <exception cref="WorkerStartException">One could not be started.</exception>
    public async Task StaffAsync(int degree, CancellationToken cancellationToken)
    {
        foreach (QueueWorkerLink dead in _workers.Where(worker => worker.Gone.IsCompleted).ToArray())
            await RemoveAsync(dead);
        int missing = Math.Max(0, degree - _workers.Count);
        Task<QueueWorkerLink>[] starting = [.. Enumerable.Range(0, missing).Select(_ => StartAsync(cancellationToken))];
        await Task.WhenAll(starting);
    }

    /// <summary>Lets the workers of a run warm up for its workload.</summary>
    public Task WarmUpAsync(RunOrder run, CancellationToken cancellationToken) =>
        Task.WhenAll(_workers.Take(run.Degree).Select(worker => worker.WarmUpAsync(run, cancellationToken)));

    /// <summary>Tells as many workers as the run has that it begins.</summary>
    /// <returns>How long it took to start them, until the last was ready: the longest of their starts.</returns>
    public TimeSpan Begin(QueueAssignment assignment)
    {
        HasLostWorkers = false;
        _deaths = 0;
        _working = [.. _workers.Take(assignment.Run.Degree)];
        foreach (QueueWorkerLink worker in _working)
            worker.Begin(assignment);
        return _working.Select(worker => worker.StartTime).DefaultIfEmpty().Max();
    }

    /// <summary>There was a result: the workers are not dying one after another.</summary>
    public void NoteProgress() => Volatile.Write(ref _deaths, 0);

    /// <summary>Replaces workers that die, until cancelled. What a dead one held comes back by itself, and is not kept waiting by a warm-up.</summary>
    /// <exception cref="OperationCanceledException">The run has ended.</exception>
    /// <exception cref="WorkerStartException">A replacement could not be started, or worker after worker dies without a result.</exception>
    public async Task ReplaceDeadAsync(QueueAssignment assignment, RunFacts facts, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.WhenAny(_working.Select(worker => worker.Gone)).WaitAsync(cancellationToken);
            int place = Array.FindIndex(_working, worker => worker.Gone.IsCompleted);
            HasLostWorkers = true;
            facts.AddLostProcess();
            string how = await _working[place].Gone;
            if (Interlocked.Increment(ref _deaths) > DeathsPerWorker * assignment.Run.Degree)
                throw new WorkerStartException($"{_deaths} queue workers in a row ended without a result; the last: {how}");
            await RemoveAsync(_working[place]);
            _working[place] = await StartAsync(cancellationToken);
            _working[place].Begin(assignment with { IsReplacement = true });
        }
    }

    /// <summary>Tells the workers that the run has ended.</summary>
    /// <returns>The reports of those that are there to give one.</returns>
    public async Task<IReadOnlyList<QueueWorkerReport>> EndAsync()
    {
        QueueWorkerReport?[] reports = await Task.WhenAll(_working.Select(worker => worker.EndAsync(EndPatience)));
        _working = [];
        HasLostWorkers |= reports.Contains(null);
        return [.. reports.OfType<QueueWorkerReport>()];
    }

    /// <summary>Kills every worker at once and waits until all are gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _working = [];
        QueueWorkerLink[] workers = [.. _workers];
        _workers.Clear();
        await Task.WhenAll(workers.Select(worker => worker.DisposeAsync().AsTask()));
    }

    private async Task<QueueWorkerLink> StartAsync(CancellationToken cancellationToken)
    {
        QueueWorkerLink worker = await QueueWorkerLink.StartAsync(launch, environment, cancellationToken);
        lock (_workers)
            _workers.Add(worker);
        return worker;
    }

    private async Task RemoveAsync(QueueWorkerLink worker)
    {
        _workers.Remove(worker);
        await worker.DisposeAsync();
    }
}
