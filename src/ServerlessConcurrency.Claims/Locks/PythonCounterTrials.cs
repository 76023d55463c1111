namespace ServerlessConcurrency.Claims.Locks;

/// <summary>What the script <c>shared_counter</c> prints.</summary>
internal sealed record PythonCounterTrials(IReadOnlyList<CounterTrial> Trials);
