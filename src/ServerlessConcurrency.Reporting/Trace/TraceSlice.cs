namespace ServerlessConcurrency.Reporting.Trace;

/// <summary>Where a task attempt is drawn.</summary>
/// <param name="Row">The attempt's position among the run's rows.</param>
/// <param name="Host">A number for the attempt's host, equal for equal hosts of the run.</param>
/// <param name="ThreadId">The managed thread id.</param>
/// <param name="Begin">When it began, in microseconds since the run began.</param>
/// <param name="End">When it ended, not before <paramref name="Begin"/>.</param>
/// <param name="Lane">0 for the thread's own track; more where attempts on the same thread overlap.</param>
internal readonly record struct TraceSlice(int Row, int Host, int ThreadId, long Begin, long End, int Lane = 0);
