namespace ServerlessConcurrency.Claims.Faults;

/// <summary>What the script <c>faults</c> prints.</summary>
internal sealed record PythonFaultTrials(IReadOnlyList<FaultTrial> Trials);
