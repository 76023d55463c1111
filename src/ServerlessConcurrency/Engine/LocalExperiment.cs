using ServerlessConcurrency.Core.Documents;

using ServerlessConcurrency.Reporting.Files;

namespace ServerlessConcurrency.Engine;

/// <summary>An experiment that waits for its turn on the local engine, or runs there.</summary>
internal sealed class LocalExperiment(MeasurementDocument document, ExperimentLease lease) : IProgress<ExperimentProgress>, IDisposable
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Withdrawn = 2;

    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ExperimentProgress _progress = document.Progress;
    private int _state;

    public MeasurementDocument Document { get; } = document;

    public bool IsWaiting => Volatile.Read(ref _state) == Waiting;

    /// <summary>Ends with the experiment, when everything of it is stored.</summary>
    public Task Ended => _ended.Task;

    public CancellationToken Token => _cancellation.Token;

    public bool TryBegin() => Interlocked.CompareExchange(ref _state, Begun, Waiting) == Waiting;

    public bool TryWithdraw() => Interlocked.CompareExchange(ref _state, Withdrawn, Waiting) == Waiting;

    public Task CancelAsync() => _cancellation.CancelAsync();

    public void Report(ExperimentProgress value) => _progress = value;

    /// <summary>What the store knows, brought up to date.</summary>
    public MeasurementDocument Observe(MeasurementDocument stored) => stored with
    {
        Status = IsWaiting ? ExperimentStatus.Pending : ExperimentStatus.Running,
        Progress = _progress,
    };

    public void Dispose()
    {
        lease.Dispose();
        _ended.TrySetResult();
    }
}
