namespace ServerlessConcurrency.Core.Runs;

/// <summary>Context switches of all processes of a run; null figures where the system does not count them.</summary>
/// <param name="Voluntary">A thread waited and gave its processor up.</param>
/// <param name="Involuntary">The scheduler took the processor away.</param>
public sealed record ContextSwitches(long? Voluntary, long? Involuntary);
