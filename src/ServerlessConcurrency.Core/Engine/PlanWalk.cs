using System.Collections.Immutable;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Engine;

/// <summary>One walk through the plan of an experiment: the rounds, the comparison of checksums, the hand-over to the sinks.</summary>
internal sealed class PlanWalk(
    ExperimentPlan plan, RunExecutor executor, ExperimentCourse course, ProgressTracker journey, TimeProvider clock,
    InterruptedExperiment? interrupted)
{
    // What a task says that waited in vain, in whichever process; see TaskExecution.
    private const string StorageIsAway = nameof(StorageUnavailableException) + ": ";

    /// <summary>The measured runs so far; sinks and observers may keep what they see, it never changes.</summary>
    public ImmutableList<RunResult> Runs { get; private set; } = [];

    /// <summary>Walks it to its end.</summary>
    /// <exception cref="OperationCanceledException">The walk was cancelled.</exception>
    public async Task WalkAsync(ExperimentDocument document, CancellationToken cancellationToken)
    {
        ExperimentSpec spec = document.Spec;
        var ledger = new ChecksumLedger(spec.Models.Contains(SequentialModel.ModelId));
        for (int round = 1; round <= spec.WarmupRounds; round++)
            await WalkRoundAsync(plan.WarmupRound(round), document, ledger, cancellationToken);

        long began = clock.GetTimestamp();
        for (int round = 1; IsRoundNeeded(spec, round, began); round++)
        {
            if (round > spec.Rounds)
                journey.Extend(plan.RunsPerRound);
            await WalkRoundAsync(plan.MeasuredRound(round), document, ledger, cancellationToken);
        }
    }

    private bool IsRoundNeeded(ExperimentSpec spec, int round, long began) =>
        StoppingRule.Decide(spec, round, clock.GetElapsedTime(began)) switch
        {
            RoundDecision.Needed => true,
            RoundDecision.UnlessEnough => !IsEnough(spec),
            _ => false,
        };

    private bool IsEnough(ExperimentSpec spec)
    {
        (bool isEnough, string? waitsFor) = Evidence.LookAt(spec, Runs);
        journey.WaitFor(waitsFor);
        return isEnough;
    }

    private async Task WalkRoundAsync(
        IReadOnlyList<PlannedRun> round, ExperimentDocument document, ChecksumLedger ledger, CancellationToken cancellationToken)
    {
        foreach (PlannedRun planned in round)
        {
            cancellationToken.ThrowIfCancellationRequested();
            journey.Begin(planned);
            (RunResult result, TaskRecorder recorder, IReadOnlyList<TaskTiming>? rows) = await TakeAsync(document, planned, cancellationToken);
            if (!planned.IsWarmup)
                Runs = Runs.Add(result);
            foreach ((PlannedRun judged, int differing) in ledger.Compare(planned, recorder))
                Judge(judged, differing);
            journey.End();
            if (!planned.IsWarmup)
            {
                var timings = new RunTimings(Runs[^1], rows ?? recorder.Timings());
                ExperimentDocument soFar = document with { Progress = journey.Current, Runs = Runs };
                journey.Store(timings.Timings.Count);
                await course.CallAsync(sink => sink.AppendAsync(soFar, timings, CancellationToken.None));
                journey.Wait(course.WaitingTimings);
            }

            // Those that follow would fail as well, each after the same patience.
            if (result.Error is { } error && error.StartsWith(StorageIsAway, StringComparison.Ordinal))
                throw new StorageUnavailableException(error[StorageIsAway.Length..]);
        }
    }

    // A run that is left from before is not measured again.
    private async Task<(RunResult Result, TaskRecorder Recorder, IReadOnlyList<TaskTiming>? Rows)> TakeAsync(
        ExperimentDocument document, PlannedRun planned, CancellationToken cancellationToken)
    {
        if (interrupted is null || planned.IsWarmup || await interrupted.TakeAsync(planned.RunId, cancellationToken) is not { } kept)
        {
            (RunResult result, TaskRecorder measured) = await executor.ExecuteAsync(document.Id, document.Spec, planned, cancellationToken);
            return (result, measured, null);
        }

        var recorder = new TaskRecorder(planned.Workload.Tasks);
        foreach (TaskTiming row in kept.Timings)
            recorder.Record(row.ToAttempt(recorder.BeganTicks));
        return (kept.Run, recorder, kept.Timings);
    }

    private void Judge(PlannedRun run, int differing)
    {
        int index = run.IsWarmup || differing == 0 ? -1 : Runs.FindIndex(result => result.RunId == run.RunId);
        if (index < 0)
            return;
        Runs = Runs.SetItem(index, BaselineComparison.Judge(Runs[index], differing));
    }
}
