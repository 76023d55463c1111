namespace ServerlessConcurrency.Claims.Locks;

/// <summary>What one worker did in a trial; times are in ticks of the clock that all processes share.</summary>
internal sealed record CounterSpan(long Increments, long Began, long Ended, bool InTurns);
