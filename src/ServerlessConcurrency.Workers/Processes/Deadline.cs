namespace ServerlessConcurrency.Workers.Processes;

/// <summary>
/// Kills a child process that does not answer in time, unless it is disposed of before. Only the time counts in which this program runs: where both
/// are stopped or suspended, the child gets its time afterwards.
/// </summary>
public sealed class Deadline : IDisposable
{
    private const int Ticks = 10;

    private readonly WorkerProcess _worker;
    private readonly TimeSpan _patience;
    private readonly string _answer;
    private readonly Action? _ask;
    private readonly Timer? _timer;
    private int _ticks;

    /// <param name="patience">How long it may take; infinite: as long as it likes.</param>
    /// <param name="answer">What it is to do, e.g. <c>say what a run has used</c>.</param>
    /// <param name="ask">Asks it from time to time; null: it knows.</param>
    internal Deadline(WorkerProcess worker, TimeSpan patience, string answer, Action? ask = null)
    {
        _worker = worker;
        _patience = patience;
        _answer = answer;
        _ask = ask;
        if (patience != Timeout.InfiniteTimeSpan)
            _timer = new Timer(_ => Tick(), null, patience / Ticks, patience / Ticks);
    }

    /// <summary>It gave a sign of life: its time begins anew.</summary>
    internal void Restart() => Volatile.Write(ref _ticks, 0);

    public void Dispose() => _timer?.Dispose();

    private void Tick()
    {
        if (Interlocked.Increment(ref _ticks) >= Ticks)
            _worker.Kill(FormattableString.Invariant($"was killed because it did not {_answer} within {_patience.TotalSeconds:0.#} s"));
        else
            _ask?.Invoke();
    }
}
