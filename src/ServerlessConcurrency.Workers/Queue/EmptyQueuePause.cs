namespace ServerlessConcurrency.Workers.Queue;

/// <summary>The pauses between looks at an empty queue: each twice as long as the one before, up to a limit.</summary>
internal sealed class EmptyQueuePause(TimeSpan shortest, TimeSpan longest)
{
    private TimeSpan? _next;

    /// <summary>How long to wait now; the next pause will be longer.</summary>
    public TimeSpan Next()
    {
        TimeSpan pause = _next ?? shortest;
        _next = pause * 2 < longest ? pause * 2 : longest;
        return pause;
    }

    /// <summary>There was work: begins with the shortest pause again.</summary>
    public void Reset() => _next = null;
}
