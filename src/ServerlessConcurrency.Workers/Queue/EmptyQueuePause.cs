namespace ServerlessConcurrency.Workers.Queue;

/// <summary>The pauses between looks at an empty queue: each twice as long as the one before, up to a limit.</summary>
internal sealed class EmptyQueuePause
{
    private readonly TimeSpan _shortest;
    private readonly TimeSpan _longest;
    private TimeSpan _next;

    /// <summary>Creates the pauses.</summary>
    public EmptyQueuePause(TimeSpan shortest, TimeSpan longest)
    {
        _shortest = _next = shortest;
        _longest = longest;
    }

    /// <summary>How long to wait now; the next pause will be longer.</summary>
    public TimeSpan Next()
    {
        TimeSpan pause = _next;
        _next = pause * 2 < _longest ? pause * 2 : _longest;
        return pause;
    }

    /// <summary>There was work: begins with the shortest pause again.</summary>
    public void Reset() => _next = _shortest;
}
