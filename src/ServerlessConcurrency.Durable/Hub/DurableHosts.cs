using System.Diagnostics;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Runs;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Workers.Crews;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Durable.Hub;

/// <summary>
/// The task hub of an experiment on the local engine and the host processes that share it. Nothing of it is left when the experiment has ended, or
/// a run of it was cancelled or failed: the hub is deleted, and with it whatever was still to be executed.
/// </summary>
public sealed class DurableHosts : IAsyncDisposable
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CleanUpPatience = TimeSpan.FromSeconds(10);

    private readonly StorageAccount _account;
    private readonly WorkerLaunch _launch;
    private readonly WorkloadEnvironment _environment;
    private readonly FanOutOptions _options = new();
    private readonly RecordingInbox _inbox;
    private TaskHub? _hub;
    private HostCrew? _crew;
    private (string ExperimentId, int Degree) _for;

    /// <param name="environment">What the workloads talk to; names the same storage account.</param>
    public DurableHosts(StorageAccount account, WorkerLaunch launch, WorkloadEnvironment environment)
    {
        _account = account.ForRuns();
        _launch = launch;
        _environment = environment;
        _inbox = new RecordingInbox(() => _crew?.NoteProgress());
    }

    /// <summary>Fewer hosts than the degree, where what is measured is a number of hosts; the activities in flight are as many as the degree.</summary>
    internal int MostHosts { get; init; } = ModelTraits.MostDegree;

    /// <summary>After which time what a dead host held is taken over, 10 s or more: the framework renews every 5 s; null: the usual one.</summary>
    internal TimeSpan? Visibility { get; init; }

    /// <summary>The process ids of the hosts that are there.</summary>
    public IReadOnlyList<int> ProcessIds => _crew?.ProcessIds ?? [];

    /// <summary>Creates the hub and starts the hosts, unless they are there, and lets them warm up.</summary>
    /// <exception cref="WorkerStartException">A host could not be started.</exception>
    /// <exception cref="StorageUnavailableException">The hub could not be created.</exception>
    internal async Task PrepareAsync(RunContext run)
    {
        RunOrder order = run.Order;
        // Hosts beyond the degree would execute activities too, and those of before a cold start hold parts of their hub for a while.
        if (_hub is null || _for != (order.ExperimentId, Hosts(order)) || order.ColdStart)
        {
            await DisposeAsync();
            string name = TaskHubName.Create(_account.Names.Prefix, TimeProvider.System.GetUtcNow());
            _for = (order.ExperimentId, Hosts(order));
            _hub = new TaskHub(_account, name);
            _crew = new HostCrew(_launch, HubProtocol.Role, _environment, new HubSettings(name, Visibility), _inbox.Take);
            await _hub.CreateAsync();
        }

        if (order.ColdStart)
            return;
        await _crew!.StaffAsync(Hosts(order), run.CancellationToken);
        await _crew.WarmUpAsync(order, run.CancellationToken);
    }

    /// <summary>Carries out a run as an orchestration.</summary>
    /// <exception cref="WorkerStartException">Hosts keep dying, or a dead one could not be replaced.</exception>
    /// <exception cref="StorageUnavailableException">The storage stayed unreachable.</exception>
    /// <exception cref="InvalidOperationException">The orchestration failed.</exception>
    internal async Task ExecuteAsync(RunContext run)
    {
        try
        {
            _inbox.Begin(run.Order.RunId);
            run.Facts.CountsTaskHub = true;
            if (run.Order.ColdStart)
                await _crew!.StaffAsync(Hosts(run.Order), run.CancellationToken);
            run.Facts.ProcessStart = _crew!.Begin(new HubAssignment(run.Begun, []));
            await _hub!.StartAsync(new FanOutState { Order = run.Order, ScheduledAt = TimeProvider.System.GetUtcNow().UtcDateTime, Options = _options });
            await UntilCompleteAsync(run);
        }
        catch
        {
            // Whatever the hosts are at belongs to a run that is over.
            await DisposeAsync();
            throw;
        }

        Record(run);
    }

    /// <summary>Tells the hosts that the run has ended.</summary>
    /// <returns>What each has used for it.</returns>
    internal async Task<IReadOnlyList<ResourceUsage>> CompleteAsync() => [.. (await _crew!.EndAsync()).Select(report => report.Usage)];

    /// <summary>Ends the hosts and deletes the hub, with whatever is left in it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_crew is not null)
            await _crew.DisposeAsync();
        _crew = null;
        if (_hub is not { } hub)
            return;
        _hub = null;
        try
        {
            using var patience = new CancellationTokenSource(CleanUpPatience);
            await hub.DeleteAsync(patience.Token);
        }
        catch (Exception exception) when (exception is StorageUnavailableException or OperationCanceledException)
        {
            // The storage is gone, which has been reported or will be. `sconc clean` removes abandoned hubs.
        }
    }

    // A host takes one activity at a time, and there are no more of these than tasks.
    private int Hosts(RunOrder order) => Math.Min(Math.Min(order.Degree, order.Tasks), MostHosts);

    private async Task UntilCompleteAsync(RunContext run)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(run.CancellationToken);
        var deaths = new Dictionary<int, int>();
        Task[] parts =
        [
            _inbox.Complete.WaitAsync(over.Token),
            _crew!.ReplaceDeadAsync(Replace, run.Facts, over.Token),
            WatchAsync(run.Order.RunId, over.Token),
        ];
        Task decisive = await Task.WhenAny(parts);
        await over.CancelAsync();
        await Task.WhenAll(parts).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await decisive;

        HubAssignment Replace(int processId)
        {
            if (_inbox.TakeInHand(processId) is { } task)
                deaths[task] = deaths.GetValueOrDefault(task) + 1;
            var assignment = new HubAssignment(run.Begun, [.. deaths.Where(death => death.Value >= _options.MaxAttempts).Select(death => death.Key)]);
            // Whoever lives may be the next to get a deadly task.
            if (assignment.Deadly.Count > 0)
                _crew.Tell(writer => writer.AppendJson(HubProtocol.Assignment, assignment));
            return assignment;
        }
    }

    /// <summary>Notices the end of an orchestration that has recorded nothing.</summary>
    /// <exception cref="InvalidOperationException">It has failed.</exception>
    private async Task WatchAsync(string runId, CancellationToken over)
    {
        using var timer = new PeriodicTimer(WatchInterval);
        string? ended = null;
        while (await timer.WaitForNextTickAsync(over))
        {
            // What it has recorded may be under way.
            if (ended is not null)
                throw new InvalidOperationException($"the orchestration ended without a result; {ended}");
            ended = await _hub!.FindEndAsync(runId);
        }
    }

    private void Record(RunContext run)
    {
        RunRecording[] recordings = [.. _inbox.Recordings];
        foreach (RunRecording recording in recordings)
        {
            // The hosts' clock is the machine's, with another zero.
            long shift = run.Order.ColdStart ? Stopwatch.GetTimestamp() - UtcClock.Instance.GetTimestamp() : run.Recorder.BeganTicks - recording.BeganTicks;
            foreach (TaskAttempt attempt in recording.Attempts)
            {
                run.Recorder.Record(attempt with
                {
                    QueuedTicks = attempt.QueuedTicks + shift,
                    StartedTicks = attempt.StartedTicks + shift,
                    FinishedTicks = attempt.FinishedTicks + shift,
                });
            }
        }

        RunTotals totals = recordings[^1].Totals!;
        run.Facts.Orchestration = totals.Orchestration;
        if (!run.Order.ColdStart)
            run.Facts.Wall = TimeSpan.FromMilliseconds(totals.WallMs);
    }
}
