using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Prices;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Engine;

/// <summary>Walks the plan of an experiment on this engine and hands everything it measures to the sinks. Runs one at a time.</summary>
/// <param name="sinks">Where results go, in this order; one that fails gets nothing more.</param>
public sealed class ExperimentRunner(
    WorkloadCatalog workloads, ModelCatalog models, IReadOnlyList<IExperimentSink> sinks, TimeProvider clock)
{
    private readonly RunExecutor _executor = new(workloads, models, clock: clock);

    /// <summary>The prices that costs are computed by; null: those that come with the program.</summary>
    public PriceList? Prices { get; init; }

    /// <summary>What two versions of own code are judged by: a ratio shown to be above this is a regression, 1 or more; null: only told.</summary>
    public double? FailAbove { get; init; }

    /// <summary>Runs an experiment. Cancellation and failure end it early and are told in the outcome, not thrown.</summary>
    /// <param name="spec">A validated spec.</param>
    /// <param name="progress">Is told before and after every run; may be null.</param>
    /// <param name="interrupted">The same experiment as it was left: its runs are not measured again. Null: it begins.</param>
    public async Task<ExperimentOutcome> RunAsync(
        string id,
        ExperimentSpec spec,
        EnvironmentInfo environment,
        IProgress<ExperimentProgress>? progress,
        CancellationToken cancellationToken,
        InterruptedExperiment? interrupted = null)
    {
        var plan = new ExperimentPlan(spec, workloads, [.. models.All.Select(model => model.Traits)], environment.Processors);
        var document = new ExperimentDocument
        {
            Id = id,
            Status = ExperimentStatus.Running,
            StartedAt = interrupted?.Document.StartedAt ?? clock.GetUtcNow(),
            Resumptions = interrupted is null
                ? null
                : [.. interrupted.Document.Resumptions ?? [], new Resumption(clock.GetUtcNow(), interrupted.Document.Runs.Count)],
            Runs = interrupted?.Document.Runs ?? [],
            Spec = spec,
            Environment = environment,
            Progress = new ExperimentProgress(0, plan.PlannedRuns, null),
            Prices = Prices,
            Versions = FailAbove is null ? null : new VersionComparison { FailAbove = FailAbove, Runs = [] },
        };
        var course = new ExperimentCourse(sinks, clock);
        var journey = new ProgressTracker(document.Progress, progress);
        using var telemetry = new ExperimentTelemetry(document);
        var walk = new PlanWalk(plan, _executor, course, journey, clock, interrupted, telemetry);
        (ExperimentDocument ran, Exception? failure) = await course.RunAsync(
            document,
            async () =>
            {
                await walk.WalkAsync(document, cancellationToken);
                journey.Complete();
            },
            ended => ExperimentConclusion.Draw(ended with
            {
                Progress = journey.Current with { CurrentRun = null },
                Runs = walk.AllRuns,
            }),
            cancellationToken);
        telemetry.End(ran);
        return new ExperimentOutcome(ran, failure);
    }
}
