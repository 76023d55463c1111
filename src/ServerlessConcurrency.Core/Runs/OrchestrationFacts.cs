namespace ServerlessConcurrency.Core.Runs;

/// <summary>What the orchestration of a run tells of itself; the same as in <see cref="RunResult"/>.</summary>
public sealed record OrchestrationFacts(double? StartMs, int ActivitiesRepeated, Turnaround? Turnaround);
