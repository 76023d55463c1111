using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers.Crews;

/// <summary>The host processes of a model that gets its tasks over storage. They live as long as the experiment.</summary>
/// <param name="role">What the processes are started as: a <see cref="HostRole{TAssignment}"/>.</param>
/// <param name="settings">What else the role needs; null for nothing.</param>
/// <param name="told">Is given the frames whose meaning the role decides, and the process they come from; on a thread of each process.</param>
public sealed class HostCrew(
    WorkerLaunch launch, string role, WorkloadEnvironment environment, object? settings = null, HostFrameHandler? told = null) : IAsyncDisposable
{
    // A task that kills its worker does so once per delivery; more deaths than that without a result are the doing of all tasks, or of none.
    private const int DeathsPerWorker = 6;

    private readonly List<HostLink> _workers = [];
    private HostLink[] _working = [];
    private int _deaths;

    /// <summary>Whether a worker died in the current run.</summary>
    public bool HasLostWorkers { get; private set; }

    public IReadOnlyList<int> ProcessIds => [.. _workers.Select(worker => worker.ProcessId)];

    /// <summary>Sees to it that a number of workers are there and alive.</summary>
    /// <exception cref="WorkerStartException">One could not be started.</exception>
    public async Task StaffAsync(int degree, CancellationToken cancellationToken)
    {
        foreach (HostLink dead in _workers.Where(worker => worker.Gone.IsCompleted).ToArray())
            await RemoveAsync(dead);
        int missing = Math.Max(0, degree - _workers.Count);
        WorkerStart.ThrowIfTooMany(missing, atOnce: missing);
        Task<HostLink>[] starting = [.. Enumerable.Range(0, missing).Select(_ => StartAsync(cancellationToken))];
        await Task.WhenAll(starting);
    }

    /// <summary>Lets the workers of a run warm up for its workload.</summary>
    public Task WarmUpAsync(RunOrder run, CancellationToken cancellationToken) =>
        Task.WhenAll(_workers.Take(run.Degree).Select(worker => worker.WarmUpAsync(run, cancellationToken)));

    /// <summary>Tells as many workers as the run has that it begins.</summary>
    /// <returns>How long it took to start them, until the last was ready: the longest of their starts.</returns>
    public TimeSpan Begin(IHostAssignment assignment)
    {
        HasLostWorkers = false;
        _deaths = 0;
        _working = [.. _workers.Take(assignment.Run.Degree)];
        foreach (HostLink worker in _working)
            worker.Begin(assignment);
        return _working.Select(worker => worker.StartTime).DefaultIfEmpty().Max();
    }

    /// <summary>Tells the workers of the run something that their role understands; those that are dead do not hear it.</summary>
    public void Tell(Action<FrameWriter> append) => Array.ForEach(_working, worker => worker.Write(append));

    /// <summary>There was a result: the workers are not dying one after another.</summary>
    public void NoteProgress() => Volatile.Write(ref _deaths, 0);

    /// <summary>Replaces workers that die, until cancelled. What a dead one held comes back by itself, and is not kept waiting by a warm-up.</summary>
    /// <param name="replace">What the process is told that takes the place of the one with that id.</param>
    /// <exception cref="OperationCanceledException">The run has ended.</exception>
    /// <exception cref="WorkerStartException">A replacement could not be started.</exception>
    /// <exception cref="ProcessesLostException">Worker after worker dies without a result.</exception>
    public async Task ReplaceDeadAsync(Func<int, IHostAssignment> replace, RunFacts facts, CancellationToken cancellationToken)
    {
        int most = DeathsPerWorker * _working.Length;
        while (true)
        {
            await Task.WhenAny(_working.Select(worker => worker.Gone)).WaitAsync(cancellationToken);
            HostLink dead = Array.Find(_working, worker => worker.Gone.IsCompleted)!;
            HasLostWorkers = true;
            facts.AddLostProcess();
            string how = await dead.Gone;
            if (Interlocked.Increment(ref _deaths) > most)
                throw new ProcessesLostException($"{_deaths} worker processes of {role} in a row ended without a result; the last: {how}");
            IHostAssignment replacement = replace(dead.ProcessId);
            // It is counted; the run may end before another has started.
            _working = [.. _working.Except([dead])];
            await RemoveAsync(dead);
            HostLink successor = await StartAsync(cancellationToken);
            successor.Begin(replacement);
            _working = [.. _working, successor];
        }
    }

    /// <summary>Tells the workers that the run has ended.</summary>
    /// <returns>The reports of those that are there to give one.</returns>
    public async Task<IReadOnlyList<HostReport>> EndAsync(RunFacts facts)
    {
        HostReport?[] reports = await Task.WhenAll(_working.Select(worker => worker.EndAsync()));
        foreach (HostReport? _ in reports.Where(report => report is null))
            facts.AddLostProcess();
        _working = [];
        HasLostWorkers |= reports.Contains(null);
        return [.. reports.OfType<HostReport>()];
    }

    /// <summary>Kills every worker at once and waits until all are gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _working = [];
        HostLink[] workers = [.. _workers];
        _workers.Clear();
        await Task.WhenAll(workers.Select(worker => worker.DisposeAsync().AsTask()));
    }

    private async Task<HostLink> StartAsync(CancellationToken cancellationToken)
    {
        HostLink worker = await WorkerStart.PersistentlyAsync(
            () => HostLink.StartAsync(launch, role, environment, settings, told, cancellationToken));
        lock (_workers)
            _workers.Add(worker);
        return worker;
    }

    private async Task RemoveAsync(HostLink worker)
    {
        _workers.Remove(worker);
        await worker.DisposeAsync();
    }
}

/// <summary>Takes a frame from a host process.</summary>
/// <param name="processId">The process it comes from.</param>
/// <param name="frame">The frame; valid during the call.</param>
public delegate void HostFrameHandler(int processId, Frame frame);
