namespace ServerlessConcurrency.Claims.Faults;

/// <summary>What the script <c>faults</c> prints.</summary>
/// <param name="Trials">The trials, in order.</param>
internal sealed record PythonFaultTrials(IReadOnlyList<FaultTrial> Trials);
