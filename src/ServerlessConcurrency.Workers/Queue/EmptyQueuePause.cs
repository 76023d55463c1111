namespace ServerlessConcurrency.Workers.Queue;

/// <summary>The pauses between looks at an empty queue: each twice as long as the one before, up to a limit.</summary>
/// <param name="shortest">The first pause.</param>
/// <param name="longest">The limit.</param>
internal sealed class EmptyQueuePause(TimeSpan shortest, TimeSpan longest)
{
    private TimeSpan _next = shortest;

    /// <summary>How long to wait now; the next pause will be longer.</summary>
    /// <returns>The pause.</returns>
    public TimeSpan Next()
    {
        TimeSpan pause = _next;
        _next = pause * 2 < longest ? pause * 2 : longest;
        return pause;
    }

    /// <summary>There was work: begins with the shortest pause again.</summary>
    public void Reset() => _next = shortest;
}
