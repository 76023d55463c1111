namespace ServerlessConcurrency.Reporting.Trace;

/// <summary>Where a task attempt is drawn.</summary>
/// <param name="Lane">0 for the thread's own track; more where attempts on the same thread overlap.</param>
internal readonly record struct TraceSlice(int Row, int Host, int ThreadId, long Begin, long End, int Lane = 0);
