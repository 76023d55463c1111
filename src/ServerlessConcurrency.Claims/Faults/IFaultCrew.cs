namespace ServerlessConcurrency.Claims.Faults;

/// <summary>Workers that execute tasks at the same time, one each, of which one fails in mid-run.</summary>
internal interface IFaultCrew : IAsyncDisposable
{
    /// <summary>Has every worker execute a task, and one of them fail while the others are in the middle of theirs.</summary>
    /// <exception cref="InvalidOperationException">Tasks were lost by something else than the failure.</exception>
    /// <exception cref="TimeoutException">Nothing came of the failure, neither an end nor a result.</exception>
    Task<FaultTrial> RunAsync(FaultKind kind, int trial, CancellationToken cancellationToken);
}
