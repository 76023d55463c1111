using System.Threading.Channels;
using ServerlessConcurrency.Api.Engines;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.Files;

namespace ServerlessConcurrency.Engine;

/// <summary>Runs an experiment to its end, as <see cref="LocalEngine.RunAsync"/> does.</summary>
internal delegate Task<(MeasurementDocument Document, Exception? Failure)> RunExperiment(
    MeasurementDocument document, IProgress<ExperimentProgress> progress, CancellationToken cancellationToken);

/// <summary>The local engine behind the HTTP API: experiments one at a time, in the order in which they came.</summary>
internal sealed class LocalExperimentEngine : IExperimentEngine, IAsyncDisposable
{
    public const int MaxWaiting = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LocalExperiment> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private readonly Channel<LocalExperiment> _line = Channel.CreateUnbounded<LocalExperiment>();
    private readonly IExperimentStore _store;
    private readonly string _resultsPath;
    private readonly RunExperiment _run;
    private readonly Func<CancellationToken, Task> _check;
    private readonly TimeProvider _clock;
    private readonly Action<string> _log;
    private readonly Task _working;
    private readonly CancellationTokenSource _stopped = new();
    private bool _stopping;

    /// <param name="check">Throws <see cref="StorageUnavailableException"/> while nothing could be stored.</param>
    public LocalExperimentEngine(
        SpecRules rules,
        IExperimentStore store,
        string resultsPath,
        RunExperiment run,
        Func<CancellationToken, Task> check,
        TimeProvider clock,
        Action<string> log)
    {
        Rules = rules;
        _store = store;
        _resultsPath = resultsPath;
        _run = run;
        _check = check;
        _clock = clock;
        _log = log;
        _working = Task.Run(WorkAsync);
    }

    public SpecRules Rules { get; }

    public EnvironmentInfo Environment { get; } = MachineInfo.Describe(EngineNames.Local);

    public bool IsIdle
    {
        get
        {
            lock (_lock)
                return _known.Count == 0;
        }
    }

    public IReadOnlyList<MeasurementDocument> UnderWay
    {
        get
        {
            lock (_lock)
                return [.. _known.Values.Select(experiment => experiment.Observe(experiment.Document))];
        }
    }

    public Task StartAsync(MeasurementDocument document, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_known.ContainsKey(document.Id))
                return Task.CompletedTask;
            if (_stopping)
                throw new EngineUnavailableException("this server is being stopped; submit the experiment to another, or start it again");
            if (_known.Values.Count(experiment => experiment.IsWaiting) >= MaxWaiting)
                throw new EngineBusyException($"{MaxWaiting} experiments are waiting for their turn; submit this one when some have ended");
            ExperimentLease lease = ExperimentLease.TryTake(FolderOf(document)) ?? throw RunElsewhere(document.Id);
            var accepted = new LocalExperiment(document, lease);
            _known.Add(document.Id, accepted);
            _line.Writer.TryWrite(accepted);
        }

        return Task.CompletedTask;
    }

    public void Refuse(string id) => _ = RefuseAsync(id);

    public async Task<MeasurementDocument> ObserveAsync(MeasurementDocument stored, CancellationToken cancellationToken)
    {
        if (stored.Status.HasEnded())
            return stored;
        if (Find(stored.Id) is { } known)
            return known.Observe(stored);
        // It may have ended since it was read, or was removed.
        MeasurementDocument? now = await _store.FindAsync(stored.Id, cancellationToken);
        if (now is null || now.Status.HasEnded())
            return now ?? stored;
        bool isDone = IsDone(stored.Id);
        if (!isDone && !ExperimentLease.IsAbandoned(FolderOf(stored)))
            return now;
        MeasurementDocument abandoned = End(
            now,
            ExperimentStatus.Failed,
            isDone ? "it has ended or was removed, and the storage has lost that" : "abandoned: the program that ran it ended before it was done");
        await _store.SaveAsync(abandoned, cancellationToken);
        return abandoned;
    }

    public Task CheckAsync(CancellationToken cancellationToken) => _check(cancellationToken);

    public Task CancelAsync(MeasurementDocument stored, CancellationToken cancellationToken) =>
        EndAsync(stored, keep: true, cancellationToken);

    public async Task ForgetAsync(MeasurementDocument stored, CancellationToken cancellationToken)
    {
        await EndAsync(stored, keep: false, cancellationToken);
        // Else another experiment of the same id would find its files there.
        await ResultsFolder.RemoveAsync(FolderOf(stored), cancellationToken);
    }

    /// <summary>Takes no more experiments, cancels those that wait and the one that runs; what was measured is kept.</summary>
    public async Task StopAsync()
    {
        LocalExperiment[] left;
        lock (_lock)
        {
            _stopping = true;
            _line.Writer.TryComplete();
            left = [.. _known.Values];
        }

        // The waiting ones first: none of them is to begin because another one ends. Together: each may have to wait for the storage.
        await Task.WhenAll([.. left.OrderByDescending(experiment => experiment.IsWaiting).Select(experiment => EndAsync(experiment, keep: true))]);
        await _working;
        await _stopped.CancelAsync();
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task WorkAsync()
    {
        await foreach (LocalExperiment experiment in _line.Reader.ReadAllAsync())
        {
            await UntilStorableAsync(experiment);
            if (!experiment.TryBegin())
                continue;
            _log($"{experiment.Document.Id} begins: {experiment.Document.Spec.Name}");
            MeasurementDocument ended = await RunAsync(experiment);
            _log($"{ended.Id} has ended: {ended.Status.ToString().ToLowerInvariant()}{(ended.Error is null ? "" : $", {ended.Error}")}");
            Remove(experiment);
        }
    }

    // An experiment that waits is not used up by a storage that is away.
    private async Task UntilStorableAsync(LocalExperiment experiment)
    {
        bool isTold = false;
        while (experiment.IsWaiting)
        {
            try
            {
                await _check(CancellationToken.None);
                return;
            }
            catch (StorageUnavailableException exception)
            {
                if (!isTold)
                    _log($"{experiment.Document.Id} waits: {exception.Message}");
                isTold = true;
            }

            await Task.Delay(Pause, _clock);
        }
    }

    private async Task<MeasurementDocument> RunAsync(LocalExperiment experiment)
    {
        MeasurementDocument document = experiment.Document;
        try
        {
            (document, Exception? failure) = await _run(document, experiment, experiment.Token);
            if (failure is null)
                return document;
            document = document with { Status = ExperimentStatus.Failed, Error = failure.Message };
        }
        catch (OperationCanceledException) when (experiment.Token.IsCancellationRequested)
        {
            document = End(document, ExperimentStatus.Cancelled, error: null);
        }
        catch (Exception exception)
        {
            document = End(document, ExperimentStatus.Failed, exception.Message);
        }

        await TrySaveAsync(document);
        return document;
    }

    // As soon as the storage answers again; a client that has asked again meanwhile has started it.
    private async Task RefuseAsync(string id)
    {
        while (!_stopped.IsCancellationRequested)
        {
            await Task.Delay(Pause, _clock, _stopped.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                if (Find(id) is null && !IsDone(id) && await _store.FindAsync(id) is { Status: ExperimentStatus.Pending })
                    await _store.DeleteAsync(id);
                return;
            }
            catch (StorageUnavailableException)
            {
            }
        }
    }

    private async Task EndAsync(MeasurementDocument stored, bool keep, CancellationToken cancellationToken)
    {
        if (Find(stored.Id) is { } known)
            await EndAsync(known, keep).WaitAsync(cancellationToken);
        else if (!IsDone(stored.Id) && !(await ObserveAsync(stored, cancellationToken)).Status.HasEnded())
            throw RunElsewhere(stored.Id);
    }

    private async Task EndAsync(LocalExperiment experiment, bool keep)
    {
        if (experiment.TryWithdraw())
        {
            if (keep)
                await TrySaveAsync(End(experiment.Document, ExperimentStatus.Cancelled, error: null));
            Remove(experiment);
        }
        else
        {
            await experiment.CancelAsync();
            await experiment.Ended;
        }
    }

    private async Task TrySaveAsync(MeasurementDocument document)
    {
        try
        {
            await _store.SaveAsync(document);
        }
        catch (Exception exception)
        {
            // Whatever it is, those that wait get their turn.
            _log($"the end of {document.Id} could not be stored: {exception.Message}");
        }
    }

    // What the store says of it may be of before.
    private bool IsDone(string id)
    {
        lock (_lock)
            return _done.Contains(id);
    }

    private LocalExperiment? Find(string id)
    {
        lock (_lock)
            return _known.GetValueOrDefault(id);
    }

    private void Remove(LocalExperiment experiment)
    {
        lock (_lock)
        {
            _known.Remove(experiment.Document.Id);
            _done.Add(experiment.Document.Id);
        }

        experiment.Dispose();
    }

    private MeasurementDocument End(MeasurementDocument document, ExperimentStatus status, string? error) =>
        ExperimentConclusion.Draw(document with
        {
            Status = status,
            FinishedAt = _clock.GetUtcNow(),
            Error = error,
            Progress = document.Progress with { CurrentRun = null },
        });

    private static ExperimentConflictException RunElsewhere(string id) => new($"experiment {id} is run by another program; end it there");

    private string FolderOf(MeasurementDocument document) => ResultsFolder.PathOf(_resultsPath, document.Id);
}
