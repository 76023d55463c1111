using Microsoft.DurableTask;
using ServerlessConcurrency.Claims;
using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Runs;

namespace ServerlessConcurrency.Functions.Claims;

/// <summary>
/// Has the claims of an experiment measured one after another, so that no two disturb each other. Deterministic: it looks at its
/// input and at what activities return, at nothing else.
/// </summary>
public static class ClaimsOrchestrator
{
    /// <summary>Walks the claims and concludes.</summary>
    /// <param name="context">The orchestration; its instance id is the experiment's.</param>
    /// <param name="document">The experiment as it begins.</param>
    public static async Task<ExperimentStatus> RunAsync(
        TaskOrchestrationContext context, ClaimsDocument document)
    {
        var failed = new List<ClaimResult>();
        foreach (Claim claim in ClaimRegistry.All.Where(claim => document.Spec.Only.Contains(claim.Id)))
        {
            context.SetCustomStatus(document.Progress with { CurrentRun = $"{claim.Id}: {claim.Statement}" });
            // What stores the claim counts it as done.
            document = document with { Progress = document.Progress with { RunsDone = document.Progress.RunsDone + 1 } };
            try
            {
                await context.CallActivityAsync(nameof(MeasureClaim), new ClaimRequest(document, claim.Id), ActivityRetry.Options);
            }
            catch (TaskFailedException exception)
            {
                // Its host was lost again and again, or the storage did not answer: the other claims can still be measured.
                failed.Add(Failed(claim, LostAttempt.Describe(exception)));
            }
        }

        context.SetCustomStatus(document.Progress);
        var conclusion = new Conclusion(document with { Status = ExperimentStatus.Completed, Claims = failed }, Rounds: 0);
        return await context.CallActivityAsync<ExperimentStatus>(nameof(AnalyzeExperiment), conclusion, ActivityRetry.Options);
    }

    private static ClaimResult Failed(Claim claim, string error)
    {
        ClaimEvidence evidence = ClaimEvidence.NotMeasurable($"the activity that measures it failed: {error}") with { Failed = true };
        return new ClaimResult(claim.Id, claim.Statement, evidence, evidence);
    }
}
