namespace ServerlessConcurrency.Core.Documents;

/// <summary>That an experiment went on after it had been interrupted.</summary>
/// <param name="At">When.</param>
/// <param name="RunsKept">How many of its measured runs are from before.</param>
public sealed record Resumption(DateTimeOffset At, int RunsKept);
