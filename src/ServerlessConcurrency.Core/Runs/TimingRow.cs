namespace ServerlessConcurrency.Core.Runs;

/// <summary>A task attempt with the run and the experiment that it belongs to.</summary>
public readonly record struct TimingRow(string ExperimentId, RunResult Run, TaskTiming Timing);
