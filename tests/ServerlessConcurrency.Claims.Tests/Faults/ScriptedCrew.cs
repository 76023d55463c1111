using ServerlessConcurrency.Claims.Faults;

namespace ServerlessConcurrency.Claims.Tests.Faults;

/// <summary>A crew whose trials end as a test says.</summary>
internal sealed class ScriptedCrew(Func<FaultKind, FaultTrial> trial) : IFaultCrew
{
    public Task<FaultTrial> RunAsync(FaultKind kind, int trialNumber, CancellationToken cancellationToken) => Task.FromResult(trial(kind));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
