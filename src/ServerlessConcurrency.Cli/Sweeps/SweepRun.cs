using ServerlessConcurrency.Core.Experiments;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Sweeps;

namespace ServerlessConcurrency.Cli.Sweeps;

/// <summary>Carries out the experiments of a sweep one after another.</summary>
internal static class SweepRun
{
    /// <summary>Does so. Cancellation and failure end it early and are told in the outcome, not thrown.</summary>
    public static async Task<SweepOutcome> RunAsync(
        SweepSpec sweep, ISweepStep step, IProgress<ExperimentProgress> display, TimeProvider clock, CancellationToken cancellationToken)
    {
        DateTimeOffset startedAt = clock.GetUtcNow();
        var progress = new SweepProgress(display, [.. sweep.Points.Select(point => ExperimentPlan.CountRuns(point.Spec))]);
        var experiments = new List<(long Value, ExperimentDocument Document)>();
        Exception? failure = null;
        try
        {
            for (int index = 0; index < sweep.Points.Count && failure is null && !cancellationToken.IsCancellationRequested; index++)
            {
                SweepPoint point = sweep.Points[index];
                progress.Begin(index, FormattableString.Invariant($"{SweepReader.NameOf(sweep.Over)} {point.Value}"));
                ExperimentOutcome outcome = await step.RunAsync(point, progress, cancellationToken);
                experiments.Add((point.Value, outcome.Document));
                failure = outcome.Failure;
            }
        }
        catch (Exception exception) when (!(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            failure = exception;
        }
        catch (OperationCanceledException)
        {
            // What was measured is kept.
        }

        bool isComplete = experiments.Count(experiment => experiment.Document.Status == ExperimentStatus.Completed) == sweep.Points.Count;
        var document = new SweepDocument
        {
            Id = ExperimentId.Create(startedAt),
            Status = failure is not null ? ExperimentStatus.Failed : isComplete ? ExperimentStatus.Completed : ExperimentStatus.Cancelled,
            StartedAt = startedAt,
            FinishedAt = clock.GetUtcNow(),
            Error = failure?.Message,
            Spec = sweep.Spec,
            Over = sweep.Over,
            Values = [.. sweep.Points.Select(point => point.Value).Order()],
            Environment = MachineInfo.Describe(EngineNames.Local),
        };
        bool allValid = experiments.TrueForAll(experiment => experiment.Document.Runs.All(run => run.IsValid));
        return new SweepOutcome(SweepConclusion.Draw(document, experiments), allValid, failure);
    }
}
