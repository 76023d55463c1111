using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Durable.Orchestration;
using ServerlessConcurrency.Durable.Runs;

namespace ServerlessConcurrency.Functions.Triggers;

/// <summary>The functions that carry an experiment from its first run to its conclusion.</summary>
public sealed class ExperimentTriggers(InspectWorkloads inspectWorkloads, RunInFunction runInFunction, CheckEvidence checkEvidence, AnalyzeExperiment analyzeExperiment)
{
    [Function(nameof(ExperimentOrchestrator))]
    public static Task<ExperimentStatus> OrchestrateAsync(
        [OrchestrationTrigger] TaskOrchestrationContext context, ExperimentJourney journey) =>
        ExperimentOrchestrator.RunAsync(context, journey);

    [Function(nameof(InspectWorkloads))]
    public Task<ExperimentSpec> InspectWorkloadsAsync([ActivityTrigger] ExperimentSpec spec, CancellationToken cancellationToken) =>
        inspectWorkloads.RunAsync(spec, cancellationToken);

    [Function(nameof(RunInFunction))]
    public Task RunInFunctionAsync([ActivityTrigger] RunRequest request, CancellationToken cancellationToken) =>
        runInFunction.RunAsync(request, cancellationToken);

    [Function(nameof(CheckEvidence))]
    public Task<bool> CheckEvidenceAsync([ActivityTrigger] Conclusion conclusion, CancellationToken cancellationToken) =>
        checkEvidence.RunAsync(conclusion, cancellationToken);

    [Function(nameof(AnalyzeExperiment))]
    public Task<ExperimentStatus> AnalyzeExperimentAsync([ActivityTrigger] Conclusion conclusion, CancellationToken cancellationToken) =>
        analyzeExperiment.RunAsync(conclusion, cancellationToken);
}
