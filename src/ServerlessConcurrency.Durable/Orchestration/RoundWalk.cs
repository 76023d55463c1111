using Microsoft.DurableTask;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Queue;
using ServerlessConcurrency.Durable.Runs;

namespace ServerlessConcurrency.Durable.Orchestration;

/// <summary>The runs of one round, one after another, each the way its model asks for.</summary>
/// <param name="journey">How far the experiment had come before.</param>
internal sealed class RoundWalk(TaskOrchestrationContext context, ExperimentJourney journey)
{
    /// <summary>How far it has come.</summary>
    public ExperimentJourney Journey { get; private set; } = journey;

    /// <summary>How many measured rounds have begun, this one included.</summary>
    public int MeasuredRoundsBegun { get; } = journey.MeasuredRoundsBegun;

    /// <summary>Finds out what the spec leaves open of users' workloads.</summary>
    /// <exception cref="TaskFailedException">No process could be started for it.</exception>
    public async Task InspectAsync()
    {
        ExperimentSpec spec = await context.CallActivityAsync<ExperimentSpec>(nameof(InspectWorkloads), Journey.Document.Spec, ActivityRetry.Options);
        Journey = Journey with { Document = Journey.Document with { Spec = spec } };
    }

    /// <exception cref="TaskFailedException">A run could not be carried out.</exception>
    /// <exception cref="TimeoutException">Messages of a run were lost.</exception>
    public async Task WalkAsync()
    {
        ExperimentPlan plan = ExperimentPlans.Of(Journey.Document);
        IReadOnlyList<PlannedRun> round = Journey.IsWarmingUp
            ? plan.WarmupRound(Journey.RoundsDone + 1)
            : plan.MeasuredRound(Journey.MeasuredRounds + 1);
        if (!Journey.IsWarmingUp)
        {
            Journey = Journey with { MeasuringSince = Journey.MeasuringSince ?? context.CurrentUtcDateTime };
            if (Journey.MeasuredRounds >= Journey.Document.Spec.Rounds)
                Journey = Journey with { Document = Advanced(progress => progress with { RunsTotal = progress.RunsTotal + round.Count }) };
        }

        foreach (PlannedRun run in round)
        {
            context.SetCustomStatus(Journey.Document.Progress with { CurrentRun = run.ToString(), CurrentRunId = run.RunId });
            // What stores the run counts it as done; if it cannot be carried out, it is not.
            ExperimentDocument done = Advanced(progress => progress with { RunsDone = progress.RunsDone + 1 });
            await CarryOutAsync(run, done);
            Journey = Journey with { Document = done };
        }

        context.SetCustomStatus(Journey.Document.Progress);
        Journey = Journey with { RoundsDone = Journey.RoundsDone + 1 };
    }

    private Task CarryOutAsync(PlannedRun run, ExperimentDocument document)
    {
        var request = new RunRequest(document, run) { Trace = Journey.Trace };
        return KnownModels.Get(run.Model).Dispatch switch
        {
            TaskDispatch.Activity or TaskDispatch.ActivityBatch => context.CallSubOrchestratorAsync(
                nameof(FanOutOrchestrator),
                new FanOutState
                {
                    Order = request.Order(),
                    Request = request,
                    ScheduledAt = context.CurrentUtcDateTime,
                    Options = Journey.FanOut,
                },
                new SubOrchestrationOptions(instanceId: FanOutOrchestrator.InstanceId(document.Id, run.RunId))),
            TaskDispatch.QueueMessage => new QueueFanOut(context, request, done => TellTasks(run, done)).RunAsync(),
            _ => context.CallActivityAsync(nameof(RunInFunction), request, ActivityRetry.Options),
        };
    }

    private void TellTasks(PlannedRun run, int done) => context.SetCustomStatus(
        Journey.Document.Progress with { CurrentRun = FanOutOrchestrator.Describe(run.ToString(), done) });

    private ExperimentDocument Advanced(Func<ExperimentProgress, ExperimentProgress> change) =>
        Journey.Document with { Progress = change(Journey.Document.Progress) };
}
