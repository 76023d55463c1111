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
/// The task hubs of an experiment on the local engine, one for each number of hosts, and the host processes that share them. Nothing of it is left when the experiment has ended, or
/// a run of it was cancelled or failed: the hub is deleted, and with it whatever was still to be executed.
/// </summary>
public sealed class DurableHosts : IAsyncDisposable
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CleanUpPatience = TimeSpan.FromSeconds(10);

    private readonly StorageAccount _account;
    private readonly WorkerLaunch _launch;
    private readonly WorkloadEnvironment _environment;
    private readonly Dictionary<int, Fleet> _fleets = [];
    private string? _experimentId;
    private Fleet? _working;

    /// <param name="environment">What the workloads talk to; names the same storage account.</param>
    public DurableHosts(StorageAccount account, WorkerLaunch launch, WorkloadEnvironment environment)
    {
        _account = account.ForRuns();
        _launch = launch;
        _environment = environment;
    }

    /// <summary>Fewer hosts than the degree, where what is measured is a number of hosts; the activities in flight are as many as the degree.</summary>
    internal int MostHosts { get; init; } = ModelTraits.MostDegree;

    /// <summary>What the hosts are told, but for the hub.</summary>
    internal HubSettings Settings { get; init; } = new("");

    internal FanOutOptions Options { get; init; } = new();

    /// <summary>The process ids of the hosts that are there.</summary>
    public IReadOnlyList<int> ProcessIds => [.. _fleets.Values.SelectMany(fleet => fleet.Crew.ProcessIds)];

    /// <summary>Creates the hub and starts the hosts, unless they are there, and lets them warm up.</summary>
    /// <exception cref="WorkerStartException">A host could not be started.</exception>
    /// <exception cref="StorageUnavailableException">The hub could not be created.</exception>
    internal async Task PrepareAsync(RunContext run)
    {
        RunOrder order = run.Order;
        if (_experimentId != order.ExperimentId)
            await DisposeAsync();
        _experimentId = order.ExperimentId;
        // Those of before a cold start hold parts of their hub for a while.
        if (order.ColdStart && _fleets.Remove(Hosts(order), out Fleet? before))
            await before.DisposeAsync();
        if (!_fleets.TryGetValue(Hosts(order), out _working))
        {
            _working = Fleet.Open(_account, _launch, _environment, Settings);
            await _working.Hub.CreateAsync();
            // Hosts beyond the degree would execute activities too: another number has another hub.
            _fleets.Add(Hosts(order), _working);
        }

        if (order.ColdStart)
            return;
        await _working.Crew.StaffAsync(Hosts(order), run.CancellationToken);
        await _working.Crew.WarmUpAsync(order, run.CancellationToken);
        await _working.UntilBalancedAsync(run.CancellationToken);
    }

    /// <summary>Carries out a run as an orchestration.</summary>
    /// <exception cref="WorkerStartException">A dead host could not be replaced.</exception>
    /// <exception cref="ProcessesLostException">Hosts keep dying.</exception>
    /// <exception cref="StorageUnavailableException">The storage stayed unreachable.</exception>
    /// <exception cref="InvalidOperationException">The orchestration failed.</exception>
    internal async Task ExecuteAsync(RunContext run)
    {
        Fleet fleet = _working!;
        try
        {
            fleet.Inbox.Begin(run.Order.RunId);
            run.Facts.CountsTaskHub = true;
            if (run.Order.ColdStart)
                await fleet.Crew.StaffAsync(Hosts(run.Order), run.CancellationToken);
            run.Facts.ProcessStart = fleet.Crew.Begin(new HubAssignment(run.Begun, []));
            await fleet.Hub.StartAsync(new FanOutState { Order = run.Order, ScheduledAt = TimeProvider.System.GetUtcNow().UtcDateTime, Options = Options });
            await UntilCompleteAsync(run, fleet);
        }
        catch
        {
            // Whatever the hosts are at belongs to a run that is over.
            await DisposeAsync();
            throw;
        }

        Record(run, fleet.Inbox);
    }

    /// <summary>Tells the hosts that the run has ended.</summary>
    /// <returns>What each has used for it.</returns>
    internal async Task<IReadOnlyList<ResourceUsage>> CompleteAsync(RunContext run) => [.. (await _working!.Crew.EndAsync(run.Facts)).Select(report => report.Usage)];

    /// <summary>Ends the hosts and deletes the hubs, with whatever is left in them.</summary>
    public async ValueTask DisposeAsync()
    {
        Fleet[] fleets = [.. _fleets.Values];
        _fleets.Clear();
        _working = null;
        await Task.WhenAll(fleets.Select(fleet => fleet.DisposeAsync().AsTask()));
    }

    // A host takes one activity at a time, and there are no more of these than tasks.
    private int Hosts(RunOrder order) => Math.Min(Math.Min(order.Degree, order.Tasks), MostHosts);

    private async Task UntilCompleteAsync(RunContext run, Fleet fleet)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(run.CancellationToken);
        var deaths = new Dictionary<int, int>();
        Task[] parts =
        [
            fleet.Inbox.Complete.WaitAsync(over.Token),
            fleet.Crew.ReplaceDeadAsync(Replace, run.Facts, over.Token),
            WatchAsync(fleet.Hub, run.Order.RunId, over.Token),
        ];
        Task decisive = await Task.WhenAny(parts);
        await over.CancelAsync();
        await Task.WhenAll(parts).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await decisive;

        HubAssignment Replace(int processId)
        {
            if (fleet.Inbox.TakeInHand(processId) is { } task)
                deaths[task] = deaths.GetValueOrDefault(task) + 1;
            var assignment = new HubAssignment(run.Begun, [.. deaths.Where(death => death.Value >= Options.MaxAttempts).Select(death => death.Key)]);
            // Whoever lives may be the next to get a deadly task.
            if (assignment.Deadly.Count > 0)
                fleet.Crew.Tell(writer => writer.AppendJson(HubProtocol.Assignment, assignment));
            return assignment;
        }
    }

    /// <summary>Notices the end of an orchestration that has recorded nothing.</summary>
    /// <exception cref="InvalidOperationException">It has failed.</exception>
    private static async Task WatchAsync(TaskHub hub, string runId, CancellationToken over)
    {
        using var timer = new PeriodicTimer(WatchInterval);
        string? ended = null;
        while (await timer.WaitForNextTickAsync(over))
        {
            // What it has recorded may be under way.
            if (ended is not null)
                throw new InvalidOperationException($"the orchestration ended without a result; {ended}");
            ended = await hub.FindEndAsync(runId);
        }
    }

    private static void Record(RunContext run, RecordingInbox inbox)
    {
        RunRecording[] recordings = [.. inbox.Recordings];
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

    /// <summary>A hub and its hosts.</summary>
    private sealed record Fleet(TaskHub Hub, HostCrew Crew, RecordingInbox Inbox) : IAsyncDisposable
    {
        public static Fleet Open(StorageAccount account, WorkerLaunch launch, WorkloadEnvironment environment, HubSettings settings)
        {
            string name = TaskHubName.Create(account.Names.Prefix, TimeProvider.System.GetUtcNow());
            HostCrew? crew = null;
            var inbox = new RecordingInbox(() => crew?.NoteProgress());
            crew = new HostCrew(launch, HubProtocol.Role, environment, settings with { TaskHub = name }, inbox.Take);
            return new Fleet(new TaskHub(account, name), crew, inbox);
        }

        public Task UntilBalancedAsync(CancellationToken cancellationToken) => Hub.UntilBalancedAsync(
            [.. Crew.ProcessIds.Select(id => new HostIdentity(Environment.MachineName, id).Id)], cancellationToken);

        public async ValueTask DisposeAsync()
        {
            await Crew.DisposeAsync();
            try
            {
                using var patience = new CancellationTokenSource(CleanUpPatience);
                await Hub.DeleteAsync(patience.Token);
            }
            catch (Exception exception) when (exception is StorageUnavailableException or OperationCanceledException)
            {
                // The storage is gone, which has been reported or will be. `sconc clean` removes abandoned hubs.
            }
        }
    }
}
