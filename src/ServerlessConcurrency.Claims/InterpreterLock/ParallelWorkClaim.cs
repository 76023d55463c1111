using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Claims;

namespace ServerlessConcurrency.Claims.InterpreterLock;

/// <summary>A claim about the same work one after another and in parallel, which takes two processors or more.</summary>
/// <param name="emulation">What does so under an emulated interpreter lock; null where the claim is not about one.</param>
internal abstract class ParallelWorkClaim(string model, string? emulation) : Claim
{
    public sealed override async Task<ClaimEvidence> MeasureDotNetAsync(ClaimContext context, CancellationToken cancellationToken) =>
        TooFewProcessors(context) ?? await MeasureModelAsync(context, model, cancellationToken);

    public sealed override async Task<ClaimEvidence?> MeasureEmulatedAsync(ClaimContext context, CancellationToken cancellationToken) =>
        emulation is null ? null : TooFewProcessors(context) ?? await MeasureModelAsync(context, emulation, cancellationToken);

    public sealed override async Task<ClaimEvidence> MeasurePythonAsync(
        ClaimContext context, PythonInterpreter python, CancellationToken cancellationToken) =>
        TooFewProcessors(context) ?? await MeasureScriptAsync(context, python, cancellationToken);

    protected abstract Task<ClaimEvidence> MeasureModelAsync(ClaimContext context, string model, CancellationToken cancellationToken);

    protected abstract Task<ClaimEvidence> MeasureScriptAsync(
        ClaimContext context, PythonInterpreter python, CancellationToken cancellationToken);

    private static ClaimEvidence? TooFewProcessors(ClaimContext context) => context.Environment.Processors >= 2
        ? null
        : ClaimEvidence.NotMeasurable("needs 2 processors: on a single one, nothing is faster in parallel");
}
