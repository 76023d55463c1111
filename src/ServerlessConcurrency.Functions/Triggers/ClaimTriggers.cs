using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Functions.Claims;

namespace ServerlessConcurrency.Functions.Triggers;

/// <summary>The functions that measure claims.</summary>
public sealed class ClaimTriggers(MeasureClaim measureClaim)
{
    [Function(nameof(ClaimsOrchestrator))]
    public static Task<ExperimentStatus> OrchestrateAsync(
        [OrchestrationTrigger] TaskOrchestrationContext context, ClaimsDocument document) =>
        ClaimsOrchestrator.RunAsync(context, document);

    [Function(nameof(MeasureClaim))]
    public Task MeasureClaimAsync([ActivityTrigger] ClaimRequest request, CancellationToken cancellationToken) =>
        measureClaim.RunAsync(request, cancellationToken);
}
