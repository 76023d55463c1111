namespace ServerlessConcurrency.Core.Runs;

/// <summary>The rows of one measured run.</summary>
/// <param name="Timings">A row per task attempt, ordered by task index, then attempt.</param>
public sealed record RunTimings(RunResult Run, IReadOnlyList<TaskTiming> Timings);
