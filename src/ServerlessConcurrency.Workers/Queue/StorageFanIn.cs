using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Workers.Queue;

/// <summary>
/// Collects a run's results from storage until every task has succeeded or failed for good. Under at-least-once delivery a task
/// may have several attempts, and a row may be read several times: each row is recorded once, and the first success counts.
/// </summary>
public sealed class StorageFanIn
{
    // So that looking does not take up the storage that the workers need: but for the end of a run, at most a fifth of the time.
    private const double PausePerLook = 4;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    // Rows of an ended task are read again for no more than the cost of another request, which brings up to 1,000 rows.
    private const int LargestGap = 250;

    private readonly RunContext _run;
    private readonly ITaskResults _results;
    private readonly int _maxDeliveries;
    private readonly TimeSpan? _longestSilence;
    private readonly HashSet<(int Task, int Attempt)> _seen = [];
    private readonly bool[] _ended;
    private int _open;

    /// <summary>Creates it; nothing is read yet.</summary>
    /// <param name="run">The run; attempts go to its recorder, and its clock is that of the rows.</param>
    /// <param name="options">How often a message is delivered, and how long it stays away.</param>
    public StorageFanIn(RunContext run, ITaskResults results, QueueOptions options)
    {
        _run = run;
        _results = results;
        _maxDeliveries = options.MaxDeliveries;
        // A delivery that ends without a row ends within the task timeout and costs the visibility timeout, and after the last one
        // there is a row in any case.
        if (run.Order.TaskTimeout != Timeout.InfiniteTimeSpan)
            _longestSilence = (run.Order.TaskTimeout + options.VisibilityTimeout) * (options.MaxDeliveries + 1);
        _ended = new bool[run.Tasks];
        _open = run.Tasks;
    }

    public int Rows => _seen.Count;

    /// <summary>Collects until no task is open, or for about so long.</summary>
    /// <param name="progressed">Called whenever there were new results.</param>
    /// <param name="patience">After how long to look no more; every row is looked for once, however long that takes. Null: as long as it takes.</param>
    /// <returns>Whether no task is open.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="TimeoutException">Messages were lost: somebody else emptied the queue.</exception>
    public async Task<bool> CollectAsync(Action progressed, TimeSpan? patience, CancellationToken cancellationToken)
    {
        long collecting = _run.Clock.GetTimestamp();
        long lastProgress = collecting;
        while (true)
        {
            long begun = _run.Clock.GetTimestamp();
            int before = Rows;
            foreach ((int from, int to) in OpenRanges(_ended, LargestGap))
                await ReadAsync(from, to, cancellationToken);
            if (_open == 0)
                return true;
            if (Rows > before)
            {
                lastProgress = begun;
                progressed();
            }

            ThrowIfSilentSince(lastProgress);
            TimeSpan elapsed = _run.Clock.GetElapsedTime(collecting);
            TimeSpan pause = Pause(_run.Clock.GetElapsedTime(begun), elapsed, _run.Tasks - _open, _open);
            if (elapsed + pause > patience)
                return false;
            await Task.Delay(pause, _run.Clock, cancellationToken);
        }
    }

    /// <summary>Records what was written after the last open task had ended, or unseen before a task's success.</summary>
    public Task CollectLateAsync(CancellationToken cancellationToken) => ReadAsync(0, _ended.Length - 1, cancellationToken);

    /// <summary>The ranges of task indices that hold every open task, and no more than a number of ended ones in a row.</summary>
    internal static IEnumerable<(int From, int To)> OpenRanges(IReadOnlyList<bool> ended, int largestGap)
    {
        int from = -1;
        int last = -1;
        for (int index = 0; index < ended.Count; index++)
        {
            if (ended[index])
                continue;
            if (from >= 0 && index - last > largestGap)
            {
                yield return (from, last);
                from = index;
            }

            from = from < 0 ? index : from;
            last = index;
        }

        if (from >= 0)
            yield return (from, last);
    }

    /// <summary>
    /// How long to wait for the next look: the longer the last one took the longer, but no more than half of the time that the open
    /// tasks can be expected to take, so that the end is not seen much later than it comes.
    /// </summary>
    /// <param name="elapsed">The time since the first one began.</param>
    internal static TimeSpan Pause(TimeSpan look, TimeSpan elapsed, int ended, int open)
    {
        double sparing = look.TotalSeconds * PausePerLook;
        double expected = ended == 0 ? double.PositiveInfinity : elapsed.TotalSeconds * open / ended;
        return TimeSpan.FromSeconds(Math.Clamp(
            Math.Min(sparing, expected / 2), ShortestPause.TotalSeconds, LongestPause.TotalSeconds));
    }

    private void ThrowIfSilentSince(long lastProgress)
    {
        if (_run.Clock.GetElapsedTime(lastProgress) > _longestSilence)
        {
            throw new TimeoutException(
                $"no result of {_open} of {Counted.Of(_run.Tasks, "task")} is there, and none came for {_longestSilence.Value.TotalSeconds:0} s: their "
                + "messages are gone from the queue. Was it emptied by another program?");
        }
    }

    private async Task ReadAsync(int from, int to, CancellationToken cancellationToken)
    {
        IAsyncEnumerable<TaskAttempt> rows = _results.ReadAsync(
            _run.Order.ExperimentId, _run.Order.RunId, _run.Recorder.BeganTicks, from, to, cancellationToken);
        await foreach (TaskAttempt attempt in rows)
            Take(attempt);
    }

    private void Take(TaskAttempt attempt)
    {
        if (!_seen.Add((attempt.TaskIndex, attempt.Attempt)))
            return;
        _run.Recorder.Record(attempt);
        bool isFinal = attempt.Outcome == TaskOutcome.Succeeded || attempt.Attempt >= _maxDeliveries;
        if (isFinal && !_ended[attempt.TaskIndex])
        {
            _ended[attempt.TaskIndex] = true;
            _open--;
            if (attempt.Outcome is not (TaskOutcome.Succeeded or TaskOutcome.Duplicate))
                _run.Facts.AddPoisonMessage();
        }
    }
}
