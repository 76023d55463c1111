namespace ServerlessConcurrency.Claims.Locks;

/// <summary>What the script <c>shared_counter</c> prints.</summary>
/// <param name="Trials">The trials, in their order.</param>
internal sealed record PythonCounterTrials(IReadOnlyList<CounterTrial> Trials);
