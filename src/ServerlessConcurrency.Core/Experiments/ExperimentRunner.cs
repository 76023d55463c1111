using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Findings;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Experiments;

/// <summary>Walks the plan of an experiment on this engine and hands everything it measures to the sinks.</summary>
/// <param name="workloads">The workloads of the engine.</param>
/// <param name="models">The models of the engine.</param>
/// <param name="sinks">Where results go, in this order; one that fails gets nothing more.</param>
/// <param name="clock">The clock of dates and of the time budget.</param>
public sealed class ExperimentRunner(
    WorkloadCatalog workloads, ModelCatalog models, IReadOnlyList<IExperimentSink> sinks, TimeProvider clock)
{
    private readonly RunExecutor _executor = new(workloads, models);
    private readonly List<IExperimentSink> _healthy = [.. sinks];
    private readonly List<RunResult> _runs = [];

    /// <summary>Runs an experiment. Cancellation and failure end it early and are told in the outcome, not thrown.</summary>
    /// <param name="id">A new experiment id.</param>
    /// <param name="spec">A validated spec.</param>
    /// <param name="environment">Where it runs.</param>
    /// <param name="progress">Is told before and after every run; may be null.</param>
    /// <param name="cancellationToken">Ends the experiment; what was measured is kept.</param>
    /// <returns>How it ended.</returns>
    public async Task<ExperimentOutcome> RunAsync(
        string id,
        ExperimentSpec spec,
        EnvironmentInfo environment,
        IProgress<ExperimentProgress>? progress,
        CancellationToken cancellationToken)
    {
        var plan = new ExperimentPlan(spec, workloads, models, environment.Processors);
        var document = new ExperimentDocument
        {
            Id = id,
            Status = ExperimentStatus.Running,
            StartedAt = clock.GetUtcNow(),
            Spec = spec,
            Environment = environment,
            Progress = new ExperimentProgress(0, plan.PlannedRuns, null),
            Runs = _runs,
        };
        var journey = new ProgressTracker(document.Progress, progress);
        Exception? failure = null;
        try
        {
            await ToSinksAsync(sink => sink.BeginAsync(document, cancellationToken));
            await WalkAsync(plan, document, journey, cancellationToken);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        bool cancelled = failure is OperationCanceledException && cancellationToken.IsCancellationRequested;
        failure = cancelled ? null : failure;
        document = Conclude(document with
        {
            Status = cancelled ? ExperimentStatus.Cancelled
                : failure is null ? ExperimentStatus.Completed
                : ExperimentStatus.Failed,
            FinishedAt = clock.GetUtcNow(),
            Error = failure?.Message,
            Progress = journey.Current with { CurrentRun = null },
        });
        try
        {
            // What was measured is kept even though the user may have cancelled.
            await ToSinksAsync(sink => sink.EndAsync(document, CancellationToken.None));
        }
        catch (Exception exception)
        {
            failure ??= exception;
        }

        return new ExperimentOutcome(document, failure);
    }

    private static ExperimentDocument Conclude(ExperimentDocument document)
    {
        IReadOnlyList<ModelAnalysis> analysis = ExperimentAnalyzer.Analyze(document.Runs);
        document = document with
        {
            Runs = [.. document.Runs],
            Analysis = analysis,
            Recommendation = Recommender.Recommend(analysis),
        };
        return document with { Findings = FindingRules.Evaluate(document) };
    }

    private async Task WalkAsync(
        ExperimentPlan plan, ExperimentDocument document, ProgressTracker journey, CancellationToken cancellationToken)
    {
        ExperimentSpec spec = document.Spec;
        var ledger = new ChecksumLedger(spec.Models.Contains(SequentialModel.ModelId));
        for (int round = 1; round <= spec.WarmupRounds; round++)
            await WalkRoundAsync(plan.WarmupRound(round), document, ledger, journey, cancellationToken);

        long began = clock.GetTimestamp();
        for (int round = 1; IsRoundNeeded(spec, round, began); round++)
        {
            if (round > spec.Rounds)
                journey.Extend(plan.RunsPerRound);
            await WalkRoundAsync(plan.MeasuredRound(round), document, ledger, journey, cancellationToken);
        }
    }

    private bool IsRoundNeeded(ExperimentSpec spec, int round, long began)
    {
        if (spec.Precision is not { } precision)
            return round <= spec.Rounds;
        bool inBudget = spec.TimeBudgetSeconds is not { } seconds || clock.GetElapsedTime(began).TotalSeconds < seconds;
        if (round == 1 || (round <= spec.Rounds && inBudget))
            return true;
        return round <= spec.MaxRounds && inBudget && !Precision.IsReached(ExperimentAnalyzer.Analyze(_runs), precision);
    }

    private async Task WalkRoundAsync(
        IReadOnlyList<PlannedRun> round,
        ExperimentDocument document,
        ChecksumLedger ledger,
        ProgressTracker journey,
        CancellationToken cancellationToken)
    {
        foreach (PlannedRun planned in round)
        {
            cancellationToken.ThrowIfCancellationRequested();
            journey.Begin(planned);
            (RunResult result, TaskRecorder recorder) = await _executor.ExecuteAsync(
                document.Id, document.Spec, planned, cancellationToken);
            if (!planned.IsWarmup)
                _runs.Add(result);
            foreach ((PlannedRun judged, int differing) in ledger.Compare(planned, recorder))
                Judge(judged, differing);
            journey.End();
            if (!planned.IsWarmup)
            {
                var timings = new RunTimings(_runs[^1], recorder.Timings());
                ExperimentDocument soFar = document with { Progress = journey.Current };
                await ToSinksAsync(sink => sink.AppendAsync(soFar, timings, CancellationToken.None));
            }
        }
    }

    private void Judge(PlannedRun run, int differing)
    {
        int index = run.IsWarmup || differing == 0 ? -1 : _runs.FindIndex(result => result.RunId == run.RunId);
        if (index < 0)
            return;
        _runs[index] = _runs[index] with
        {
            Failed = _runs[index].Failed + differing,
            Error = _runs[index].Error ?? $"{differing} of {run.Workload.Tasks} checksums differ from the baseline's",
        };
    }

    private async Task ToSinksAsync(Func<IExperimentSink, Task> call)
    {
        foreach (IExperimentSink sink in _healthy.ToArray())
        {
            try
            {
                await call(sink);
            }
            catch
            {
                _healthy.Remove(sink);
                throw;
            }
        }
    }
}
