using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Crews;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Workers.Queue;

/// <summary>
/// <c>queue</c>: each task is a message in a storage queue, executed by one of <see cref="RunContext.Degree"/> separate worker
/// processes, one task at a time each; results come back over storage too (fan-in). The workers live as long as the experiment, or
/// as the run where that begins with their start.
/// </summary>
public sealed class QueueModel : ConcurrencyModel
{
    private static readonly TimeSpan CleanUpPatience = TimeSpan.FromSeconds(5);

    private readonly IQueueBackend _backend;
    private readonly QueueOptions _options;
    private readonly HostCrew _crew;
    private ITaskQueue? _queue;
    private string? _experimentId;
    private StorageFanIn? _fanIn;

    /// <summary>Creates the model; nothing is started yet.</summary>
    /// <param name="backend">The storage account's queues and results.</param>
    /// <param name="launch">How to start a worker: a program that serves <see cref="QueueWorkerRole"/>.</param>
    /// <param name="environment">What the workers talk to; names the same storage account.</param>
    /// <param name="options">How messages are treated; null: the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The visibility timeout is under a second, or no delivery is allowed.</exception>
    public QueueModel(IQueueBackend backend, WorkerLaunch launch, WorkloadEnvironment environment, QueueOptions? options = null)
    {
        _backend = backend;
        _options = options ?? new QueueOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.VisibilityTimeout, TimeSpan.FromSeconds(1), nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxDeliveries, 1, nameof(options));
        _crew = new HostCrew(launch, Traits.Id, environment);
    }

    public override ModelTraits Traits => KnownModels.Queue;

    public override bool IsolatesOwnCode => true;

    /// <remarks>No: results are found by the run's id.</remarks>
    public override bool CanRepeat => false;

    /// <summary>The process ids of the workers that are there.</summary>
    internal IReadOnlyList<int> WorkerProcessIds => _crew.ProcessIds;

    /// <exception cref="WorkerStartException">A worker could not be started.</exception>
    /// <exception cref="StorageUnavailableException">The queue could not be created.</exception>
    public override async ValueTask PrepareAsync(RunContext run)
    {
        if (_experimentId != run.Order.ExperimentId)
        {
            await CleanUpAsync();
            _queue = _backend.OpenQueue(run.Order.ExperimentId);
            _experimentId = run.Order.ExperimentId;
            await _queue.CreateAsync(run.CancellationToken);
            await _backend.Results.CreateAsync(run.Order.ExperimentId, run.CancellationToken);
        }

        if (run.Order.ColdStart)
        {
            await _crew.DisposeAsync();
            return;
        }

        await _crew.StaffAsync(run.Degree, run.CancellationToken);
        await _crew.WarmUpAsync(run.Order, run.CancellationToken);
    }

    /// <exception cref="WorkerStartException">A dead worker could not be replaced.</exception>
    /// <exception cref="ProcessesLostException">Workers keep dying.</exception>
    /// <exception cref="StorageUnavailableException">The storage stayed unreachable.</exception>
    public override async Task ExecuteAsync(RunContext run)
    {
        _fanIn = new StorageFanIn(run, _backend.Results, _options);
        var assignment = new QueueAssignment(run.Begun, _options);
        try
        {
            if (run.Order.ColdStart)
                await _crew.StaffAsync(run.Degree, run.CancellationToken);
            run.Facts.ProcessStart = _crew.Begin(assignment);
            await ExecuteAsync(run, assignment, _fanIn);
        }
        catch
        {
            // Whatever the workers are at belongs to a run that is over.
            await _crew.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="StorageUnavailableException">The storage stayed unreachable.</exception>
    public override async ValueTask<IReadOnlyList<ResourceUsage>> CompleteAsync(RunContext run)
    {
        IReadOnlyList<HostReport> reports = await _crew.EndAsync(run.Facts);
        if (!run.Order.IsWarmup && _fanIn is { } fanIn && (_crew.HasLostWorkers || reports.Sum(report => report.Rows) != fanIn.Rows))
            await fanIn.CollectLateAsync(run.CancellationToken);
        return [.. reports.Select(report => report.Usage)];
    }

    /// <summary>Ends the workers and deletes the experiment's queue and the place of its results, with whatever is left in them.</summary>
    public override async ValueTask DisposeAsync()
    {
        await _crew.DisposeAsync();
        await CleanUpAsync();
        await base.DisposeAsync();
    }

    private async Task ExecuteAsync(RunContext run, QueueAssignment assignment, StorageFanIn fanIn)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(run.CancellationToken);
        Task sending = _queue!.SendAsync(Messages(assignment.Run, run.Clock), over.Token);
        Task supervising = _crew.ReplaceDeadAsync(_ => assignment with { IsReplacement = true }, run.Facts, over.Token);
        Task collecting = fanIn.CollectAsync(_crew.NoteProgress, patience: null, over.Token);
        Task? decisive = null;
        await foreach (Task part in Task.WhenEach(collecting, sending, supervising))
        {
            if (part == sending && part.IsCompletedSuccessfully)
                continue;
            decisive ??= part;
            await over.CancelAsync();
        }

        await decisive!;
    }

    // Enumerated while they are sent: the time in a message is the one at which its sending begins; but where the workers have to be
    // started first, the tasks wait for that as well.
    private static IEnumerable<QueuedTask> Messages(RunOrder run, TimeProvider clock) =>
        Enumerable.Range(0, run.Tasks).Select(index => new QueuedTask(run, index, run.ColdStart ? run.BeganTicks : clock.GetTimestamp()));

    private async Task CleanUpAsync()
    {
        if (_queue is not { } queue || _experimentId is not { } experimentId)
            return;
        _queue = null;
        _experimentId = null;
        await TryCleanUpAsync(queue.DeleteAsync);
        await TryCleanUpAsync(patience => _backend.Results.DeleteAsync(experimentId, patience));
    }

    private static async Task TryCleanUpAsync(Func<CancellationToken, Task> cleanUp)
    {
        using var patience = new CancellationTokenSource(CleanUpPatience);
        try
        {
            await cleanUp(patience.Token);
        }
        catch (Exception exception) when (exception is StorageUnavailableException or OperationCanceledException)
        {
            // The storage is gone, which has been reported or will be. An abandoned queue loses its messages after a week.
        }
    }
}
