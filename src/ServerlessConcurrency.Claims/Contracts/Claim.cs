using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Claims;

namespace ServerlessConcurrency.Claims.Contracts;

/// <summary>A statement about processes, threads, event loops or interpreter locks, and the experiment that puts it to the test.</summary>
public abstract class Claim
{
    /// <summary>The id, e.g. <c>C1</c>.</summary>
    public abstract string Id { get; }

    /// <summary>What is claimed, in one sentence.</summary>
    public abstract string Statement { get; }

    /// <summary>What its child processes do.</summary>
    internal virtual IReadOnlyList<ChildScene> Scenes => [];

    /// <exception cref="OperationCanceledException">The measurement was cancelled.</exception>
    public abstract Task<ClaimEvidence> MeasureDotNetAsync(ClaimContext context, CancellationToken cancellationToken);

    /// <summary>Measures it in .NET under an emulated interpreter lock.</summary>
    /// <returns>The evidence; null where the claim is not about such a lock.</returns>
    /// <exception cref="OperationCanceledException">The measurement was cancelled.</exception>
    public virtual Task<ClaimEvidence?> MeasureEmulatedAsync(ClaimContext context, CancellationToken cancellationToken) =>
        Task.FromResult<ClaimEvidence?>(null);

    /// <summary>Measures it in CPython, with the same work.</summary>
    /// <exception cref="OperationCanceledException">The measurement was cancelled.</exception>
    /// <exception cref="PythonException">A script failed or took too long.</exception>
    public abstract Task<ClaimEvidence> MeasurePythonAsync(ClaimContext context, PythonInterpreter python, CancellationToken cancellationToken);
}
