using Microsoft.DurableTask;
using ServerlessConcurrency.Core.Experiments;
using ServerlessConcurrency.Functions.FanOut;
using ServerlessConcurrency.Functions.Hosting;
using ServerlessConcurrency.Functions.Queue;
using ServerlessConcurrency.Functions.Runs;

namespace ServerlessConcurrency.Functions.Orchestration;

/// <summary>The runs of one round, one after another, each the way its model asks for.</summary>
/// <param name="context">The orchestration.</param>
/// <param name="journey">How far the experiment had come before.</param>
internal sealed class RoundWalk(TaskOrchestrationContext context, ExperimentJourney journey)
{
    /// <summary>How far it has come.</summary>
    public ExperimentJourney Journey { get; private set; } = journey;

    /// <summary>How many measured rounds have begun, this one included.</summary>
    public int MeasuredRoundsBegun { get; } = journey.MeasuredRounds + (journey.IsWarmingUp ? 0 : 1);

    /// <summary>Carries the round out.</summary>
    /// <exception cref="TaskFailedException">A run could not be carried out.</exception>
    /// <exception cref="TimeoutException">Messages of a run were lost.</exception>
    public async Task WalkAsync()
    {
        ExperimentPlan plan = AppModels.Plan(Journey.Document);
        IReadOnlyList<PlannedRun> round = Journey.IsWarmingUp
            ? plan.WarmupRound(Journey.RoundsDone + 1)
            : plan.MeasuredRound(Journey.MeasuredRounds + 1);
        if (!Journey.IsWarmingUp)
        {
            Journey = Journey with { MeasuringSince = Journey.MeasuringSince ?? context.CurrentUtcDateTime };
            if (Journey.MeasuredRounds >= Journey.Document.Spec.Rounds)
                Advance(progress => progress with { RunsTotal = progress.RunsTotal + round.Count });
        }

        foreach (PlannedRun run in round)
        {
            context.SetCustomStatus(Journey.Document.Progress with { CurrentRun = run.ToString() });
            Advance(progress => progress with { RunsDone = progress.RunsDone + 1 });
            await CarryOutAsync(run);
        }

        context.SetCustomStatus(Journey.Document.Progress);
        Journey = Journey with { RoundsDone = Journey.RoundsDone + 1 };
    }

    private Task CarryOutAsync(PlannedRun run) => run.Model switch
    {
        AppModels.Durable or AppModels.DurableBatch => context.CallSubOrchestratorAsync(
            nameof(FanOutOrchestrator),
            new FanOutState { Document = Journey.Document, Run = run, Options = Journey.FanOut },
            new SubOrchestrationOptions(instanceId: $"{Journey.Document.Id}:{run.RunId}")),
        AppModels.Queue => new QueueFanOut(context, Journey.Document, run).RunAsync(),
        _ => context.CallActivityAsync(nameof(RunInFunction), new RunRequest(Journey.Document, run), Patience.Retry),
    };

    private void Advance(Func<ExperimentProgress, ExperimentProgress> change) =>
        Journey = Journey with { Document = Journey.Document with { Progress = change(Journey.Document.Progress) } };
}
