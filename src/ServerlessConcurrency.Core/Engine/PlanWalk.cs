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
    InterruptedExperiment? interrupted, ExperimentTelemetry telemetry)
{
    // What a task says that waited in vain, in whichever process; see TaskExecution.
    private const string StorageIsAway = nameof(StorageUnavailableException) + ": ";

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private bool _hasTakenOver;
    private int _roundsTaken;
    private TimeSpan _timeTaken;
    private long? _began;

    /// <summary>The measured runs so far; sinks and observers may keep what they see, it never changes.</summary>
    public ImmutableList<RunResult> Runs { get; private set; } = [];

    /// <summary>These, and those from before that were not taken over yet.</summary>
    public IReadOnlyList<RunResult> AllRuns =>
        interrupted is null || _hasTakenOver ? Runs : [.. Runs, .. interrupted.Document.Runs.Where(run => !_taken.Contains(run.RunId))];

    /// <summary>Walks it to its end.</summary>
    /// <exception cref="OperationCanceledException">The walk was cancelled.</exception>
    public async Task WalkAsync(ExperimentDocument document, CancellationToken cancellationToken)
    {
        ExperimentSpec spec = document.Spec;
        var ledger = new ChecksumLedger(spec.Models.Contains(SequentialModel.ModelId));
        await TakeOverAsync(document, ledger, cancellationToken);
        for (int round = 1; round <= spec.WarmupRounds; round++)
            await WalkRoundAsync(plan.WarmupRound(round), document, ledger, cancellationToken);

        _began = clock.GetTimestamp();
        for (int round = 1; IsRoundNeeded(spec, round); round++)
        {
            if (round > spec.Rounds)
                journey.Extend(plan.RunsPerRound);
            await WalkRoundAsync(plan.MeasuredRound(round), document, ledger, cancellationToken);
        }
    }

    private TimeSpan Measured => _timeTaken + (_began is { } began ? clock.GetElapsedTime(began) : TimeSpan.Zero);

    // A round that was begun before is completed.
    private bool IsRoundNeeded(ExperimentSpec spec, int round) =>
        round <= _roundsTaken || StoppingRule.Decide(spec, round, Measured) switch
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
            if (_taken.Contains(planned.RunId))
                continue;
            journey.Begin(planned);
            using RunTelemetry told = telemetry.Begin(planned);
            (RunResult result, TaskRecorder recorder) = await executor.ExecuteAsync(document.Id, document.Spec, planned, cancellationToken, told.Trace);
            told.End(result, recorder);
            if (!planned.IsWarmup)
                Runs = Runs.Add(result);
            await AddAsync(document, planned, recorder, rows: null, ledger);

            // Those that follow would fail as well, each after the same patience.
            if (result.Error is { } error && error.StartsWith(StorageIsAway, StringComparison.Ordinal))
                throw new StorageUnavailableException(error[StorageIsAway.Length..]);
        }
    }

    // What is left from before goes to the sinks first: interrupted again, nothing of it is lost.
    private async Task TakeOverAsync(ExperimentDocument document, ChecksumLedger ledger, CancellationToken cancellationToken)
    {
        if (interrupted is null)
            return;
        _timeTaken = TimeTakenBy(interrupted.Document);
        await foreach (RunTimings left in interrupted.Timings.WithCancellation(cancellationToken))
        {
            PlannedRun? planned = plan.MeasuredRound(left.Run.Round).FirstOrDefault(run => run.RunId == left.Run.RunId);
            if (planned is null || !IsOf(planned, left) || !_taken.Add(planned.RunId))
                continue;
            _roundsTaken = Math.Max(_roundsTaken, left.Run.Round);
            journey.Begin(planned);
            Runs = Runs.Add(BaselineComparison.Unjudge(left.Run));
            var recorder = new TaskRecorder(planned.Workload.Tasks);
            foreach (TaskTiming row in left.Timings)
                recorder.Record(row.ToAttempt(recorder.BeganTicks));
            await AddAsync(document, planned, recorder, left.Timings, ledger);
        }

        _hasTakenOver = true;
        interrupted.TakenOver();
    }

    // Documents of earlier versions tell it only by their runs.
    private static TimeSpan TimeTakenBy(ExperimentDocument document)
    {
        const double Longest = 1e12;
        double measuredMs = document.Progress.MeasuredMs > 0 ? document.Progress.MeasuredMs : document.Runs.Sum(run => run.WallMs * run.Repeats);
        return measuredMs is > 0 and < Longest ? TimeSpan.FromMilliseconds(measuredMs) : TimeSpan.Zero;
    }

    private static bool IsOf(PlannedRun planned, RunTimings left) =>
        (left.Run.Workload, left.Run.Size, left.Run.Model, left.Run.Tasks) == (planned.Workload.Kind, planned.Workload.Size, planned.Model, planned.Workload.Tasks)
        && MissingTimings.AreNoneOf(left);

    private async Task AddAsync(
        ExperimentDocument document, PlannedRun planned, TaskRecorder recorder, IReadOnlyList<TaskTiming>? rows, ChecksumLedger ledger)
    {
        foreach ((PlannedRun judged, int differing) in ledger.Compare(planned, recorder))
            Judge(judged, differing);
        journey.End(Measured);
        if (planned.IsWarmup)
            return;
        // Just added, and judged where that could be done.
        var timings = new RunTimings(Runs[^1], rows ?? recorder.Timings());
        ExperimentDocument soFar = document with { Progress = journey.Current, Runs = AllRuns };
        journey.Store(timings.Timings.Count);
        await course.CallAsync(sink => sink.AppendAsync(soFar, timings, CancellationToken.None), CancellationToken.None, atOnce: true);
        journey.Wait(course.WaitingTimings);
    }

    private void Judge(PlannedRun run, int differing)
    {
        int index = run.IsWarmup || differing == 0 ? -1 : Runs.FindIndex(result => result.RunId == run.RunId);
        if (index < 0)
            return;
        Runs = Runs.SetItem(index, BaselineComparison.Judge(Runs[index], differing));
    }
}
