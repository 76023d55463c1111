using Microsoft.DurableTask;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Runs;

namespace ServerlessConcurrency.Durable.Orchestration;

/// <summary>
/// Walks the plan of an experiment, one round in each generation, so that the history stays small however many rounds there
/// are. Deterministic: it looks at its input and at what activities return, at nothing else.
/// </summary>
public static class ExperimentOrchestrator
{
    /// <summary>Walks one round, and on to the next by starting over with an empty history.</summary>
    /// <param name="context">The orchestration; its instance id is the experiment's.</param>
    public static async Task<ExperimentStatus> RunAsync(
        TaskOrchestrationContext context, ExperimentJourney journey)
    {
        var walk = new RoundWalk(context, journey.RoundsDone == 0 ? Begun(context, journey) : journey);
        string? error = null;
        try
        {
            if (journey.RoundsDone == 0 && ExperimentPlans.HasOwnCode(journey.Document.Spec))
                await walk.InspectAsync();
            await walk.WalkAsync();
            if (await IsRoundNeededAsync(context, walk.Journey))
            {
                context.ContinueAsNew(walk.Journey);
                return ExperimentStatus.Running;
            }
        }
        catch (TaskFailedException exception)
        {
            error = LostAttempt.Describe(exception);
        }
        catch (TimeoutException exception)
        {
            error = exception.Message;
        }

        ExperimentDocument document = walk.Journey.Document;
        ExperimentProgress progress = document.Progress;
        var conclusion = new Conclusion(
            document with
            {
                Status = error is null ? ExperimentStatus.Completed : ExperimentStatus.Failed,
                Error = error,
                // No further run comes, though precision or the time budget may have saved some of the planned ones.
                Progress = error is null ? progress with { RunsTotal = progress.RunsDone } : progress,
            },
            walk.MeasuredRoundsBegun);
        return await context.CallActivityAsync<ExperimentStatus>(nameof(AnalyzeExperiment), conclusion, ActivityRetry.Options);
    }

    private static ExperimentJourney Begun(TaskOrchestrationContext context, ExperimentJourney journey)
    {
        double? waited = FanOutOrchestrator.Waited(journey.Document.StartedAt.UtcDateTime, context.CurrentUtcDateTime);
        return journey with { Document = journey.Document with { OrchestrationStartMs = waited } };
    }

    private static async Task<bool> IsRoundNeededAsync(TaskOrchestrationContext context, ExperimentJourney journey)
    {
        if (journey.IsWarmingUp)
            return true;
        TimeSpan elapsed = context.CurrentUtcDateTime - (journey.MeasuringSince ?? context.CurrentUtcDateTime);
        return StoppingRule.Decide(journey.Document.Spec, journey.MeasuredRounds + 1, elapsed) switch
        {
            RoundDecision.Needed => true,
            RoundDecision.UnlessEnough => !await context.CallActivityAsync<bool>(
                nameof(CheckEvidence), new Conclusion(journey.Document, journey.MeasuredRounds), ActivityRetry.Options),
            _ => false,
        };
    }
}
