using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Engine;

/// <summary>
/// Hands runs to a sink only between runs, and then for no longer than was measured since, the first time for 2 s at least: what a slow or absent sink has not taken by then waits
/// in memory for the next pause, so that storing never disturbs measuring. Where much waits, and at the end, the sink is waited for.
/// </summary>
/// <param name="mostTimings">With more timings than so many in memory, the sink is waited for.</param>
public sealed class BufferedSink(IExperimentSink sink, TimeProvider clock, int mostTimings = BufferedSink.MostTimings) : IExperimentSink
{
    /// <summary>About 50 MB.</summary>
    private const int MostTimings = 500_000;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(2);

    private readonly Queue<(ExperimentDocument Document, RunTimings Run)> _waiting = new();
    private long _measuringSince;
    private bool _isLate;

    public int WaitingTimings { get; private set; }

    public async Task BeginAsync(MeasurementDocument document, CancellationToken cancellationToken)
    {
        await sink.BeginAsync(document, cancellationToken);
        _measuringSince = clock.GetTimestamp();
    }

    public async Task AppendAsync(ExperimentDocument document, RunTimings run, CancellationToken cancellationToken)
    {
        _waiting.Enqueue((document, run));
        WaitingTimings += run.Timings.Count;
        TimeSpan measured = clock.GetElapsedTime(_measuringSince);
        // Where it did not take the last ones, it is not waited for longer than what was measured is worth.
        using var pause = new CancellationTokenSource(measured > ShortestPause || _isLate ? measured : ShortestPause, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, cancellationToken);
        try
        {
            await HandOverAsync(either.Token);
            _isLate = false;
        }
        catch (Exception exception) when (exception is StorageUnavailableException || pause.IsCancellationRequested)
        {
            _isLate = true;
            if (WaitingTimings > mostTimings)
                await HandOverAsync(cancellationToken);
        }

        _measuringSince = clock.GetTimestamp();
    }

    public Task UpdateAsync(MeasurementDocument document, CancellationToken cancellationToken) => sink.UpdateAsync(document, cancellationToken);

    public async Task EndAsync(MeasurementDocument document, CancellationToken cancellationToken)
    {
        await HandOverAsync(cancellationToken);
        await sink.EndAsync(document, cancellationToken);
    }

    private async Task HandOverAsync(CancellationToken cancellationToken)
    {
        while (_waiting.TryPeek(out (ExperimentDocument Document, RunTimings Run) next))
        {
            await sink.AppendAsync(next.Document, next.Run, cancellationToken);
            _waiting.Dequeue();
            WaitingTimings -= next.Run.Timings.Count;
        }
    }
}
