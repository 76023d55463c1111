namespace ServerlessConcurrency.Core.Runs;

/// <summary>
/// Takes down every task attempt of a run. Counts each task exactly once: the first successful attempt to arrive wins, and
/// a later one is kept as <see cref="TaskOutcome.Duplicate"/>. Safe for all threads.
/// </summary>
public sealed class TaskRecorder
{
    private const int Open = 0;
    private const int Writing = 1;
    private const int Counted = 2;

    private readonly TaskAttempt[] _counted;
    private readonly int[] _states;
    private readonly List<TaskAttempt> _others = [];
    private readonly Lock _othersLock = new();
    private int _remaining;

    public TaskRecorder(int tasks)
    {
        _counted = new TaskAttempt[tasks];
        _states = new int[tasks];
        _remaining = tasks;
    }

    public int Tasks => _counted.Length;

    /// <summary>How many attempts have ended so far.</summary>
    public int Count
    {
        get
        {
            lock (_othersLock)
                return Tasks - Remaining + _others.Count;
        }
    }

    /// <summary>How many tasks have no successful attempt yet.</summary>
    public int Remaining => Volatile.Read(ref _remaining);

    /// <summary>When the run began, in ticks of the monotonic clock; set by the runner just before the model starts.</summary>
    public long BeganTicks { get; set; }

    /// <summary>Whether a task has a counted attempt.</summary>
    /// <returns>True once an attempt at it succeeded.</returns>
    public bool IsCounted(int taskIndex) => Volatile.Read(ref _states[taskIndex]) == Counted;

    /// <returns>Whether it was counted: it succeeded and was the first to do so.</returns>
    /// <exception cref="IndexOutOfRangeException">The task index is not one of this run.</exception>
    public bool Record(in TaskAttempt attempt)
    {
        if (attempt.Outcome == TaskOutcome.Succeeded)
        {
            int index = attempt.TaskIndex;
            if (Interlocked.CompareExchange(ref _states[index], Writing, Open) == Open)
            {
                _counted[index] = attempt;
                Volatile.Write(ref _states[index], Counted);
                Interlocked.Decrement(ref _remaining);
                return true;
            }
        }

        lock (_othersLock)
            _others.Add(attempt.Outcome == TaskOutcome.Succeeded ? attempt with { Outcome = TaskOutcome.Duplicate } : attempt);
        return false;
    }

    /// <summary>The checksums of the counted attempts by task index; 0 for a task that has none.</summary>
    public ulong[] Checksums()
    {
        var checksums = new ulong[_counted.Length];
        for (int index = 0; index < checksums.Length; index++)
            checksums[index] = IsCounted(index) ? _counted[index].Checksum : 0;
        return checksums;
    }

    /// <summary>Every attempt so far, ordered by task index, then attempt.</summary>
    public IReadOnlyList<TaskAttempt> Attempts()
    {
        var attempts = new List<TaskAttempt>(_counted.Length);
        for (int index = 0; index < _counted.Length; index++)
            if (IsCounted(index))
                attempts.Add(_counted[index]);
        lock (_othersLock)
        {
            if (_others.Count == 0)
                return attempts;
            attempts.AddRange(_others);
        }

        return [.. attempts.OrderBy(attempt => attempt.TaskIndex).ThenBy(attempt => attempt.Attempt)];
    }

    /// <summary>Every attempt so far as rows, their times relative to <see cref="BeganTicks"/>.</summary>
    /// <returns>A new list, ordered by task index, then attempt.</returns>
    public IReadOnlyList<TaskTiming> Timings() => [.. Attempts().Select(attempt => TaskTiming.Of(attempt, BeganTicks))];
}
