using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Sweeps;

namespace ServerlessConcurrency.Sweeps;

internal sealed class SweepRun(SweepSpec sweep, ISweepStep step, Func<SweepDocument, Task> keep, TimeProvider clock)
{
    private readonly List<(long Value, ExperimentDocument Document)> _experiments = [];

    private SweepDocument _document = new()
    {
        Id = ExperimentId.Create(clock.GetUtcNow()),
        Status = ExperimentStatus.Running,
        StartedAt = clock.GetUtcNow(),
        Spec = sweep.Spec,
        Over = sweep.Over,
        Values = [.. sweep.Points.Select(point => point.Value).Order()],
        Environment = MachineInfo.Describe(EngineNames.Local),
    };

    /// <summary>Does so. Cancellation and failure end it early and are told in the outcome, not thrown.</summary>
    public async Task<SweepOutcome> RunAsync(IProgress<ExperimentProgress> display, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            failure = await RunExperimentsAsync(display, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What was measured is kept.
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        _document = SweepConclusion.Draw(
            _document with
            {
                Status = failure is not null ? ExperimentStatus.Failed : IsComplete ? ExperimentStatus.Completed : ExperimentStatus.Cancelled,
                FinishedAt = clock.GetUtcNow(),
                Error = failure?.Message,
            },
            _experiments);
        try
        {
            await keep(_document);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            failure ??= exception;
        }

        bool allValid = _experiments.TrueForAll(experiment => experiment.Document.Runs.All(run => run.IsValid));
        return new SweepOutcome(_document, allValid, failure);
    }

    private bool IsComplete =>
        _experiments.Count(experiment => experiment.Document.Status == ExperimentStatus.Completed) == sweep.Points.Count;

    private async Task<Exception?> RunExperimentsAsync(IProgress<ExperimentProgress> display, CancellationToken cancellationToken)
    {
        var progress = new SweepProgress(display, [.. sweep.Points.Select(point => point.Spec.Steps)]);
        for (int index = 0; index < sweep.Points.Count && !cancellationToken.IsCancellationRequested; index++)
        {
            SweepPoint point = sweep.Points[index];
            progress.Begin(index, FormattableString.Invariant($"{SweepReader.NameOf(sweep.Over)} {point.Value}"));
            ExperimentOutcome outcome = await step.RunAsync(point, progress, cancellationToken);
            _experiments.Add((point.Value, outcome.Document));
            if (outcome.Failure is not null)
                return outcome.Failure;
            if (!IsComplete)
                await keep(SweepConclusion.Draw(_document, _experiments));
        }

        return null;
    }
}
