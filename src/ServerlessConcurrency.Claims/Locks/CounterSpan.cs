namespace ServerlessConcurrency.Claims.Locks;

/// <summary>What one worker did in a trial; times are in ticks of the clock that all processes share.</summary>
/// <param name="Increments">How many increments it made.</param>
/// <param name="Began">When its first increment began.</param>
/// <param name="Ended">When its last one ended.</param>
/// <param name="InTurns">Whether the workers took turns as <see cref="CountingInTurns"/> asks, before its patience ended.</param>
internal sealed record CounterSpan(long Increments, long Began, long Ended, bool InTurns);
