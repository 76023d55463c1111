using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Charts;
using ServerlessConcurrency.Reporting.Results;
using ServerlessConcurrency.Reporting.Trace;

namespace ServerlessConcurrency.Reporting.Timelines;

/// <summary>Reads the timings of an experiment into a timeline: of all runs, or of many tasks only those of a typical run of each kind.</summary>
internal static class TimelineReader
{
    /// <summary>From how many task attempts on not all runs are shown.</summary>
    public const int MostAttemptsOfAllRuns = 200_000;

    /// <summary>How many task attempts a page can hold.</summary>
    public const int MostAttempts = 1_000_000;

    /// <summary>From how many runs on not all are shown.</summary>
    public const int MostRuns = 500;

    /// <summary>How many lanes a page can hold, the same number of each run.</summary>
    public const int MostLanes = 50_000;

    /// <summary>How many runs a page without script shows, one of each kind.</summary>
    public const int MostStillRuns = 24;

    /// <summary>How many lanes of each it shows.</summary>
    public const int MostStillLanes = 32;

    // As long, in microseconds, fits twice into 32 bits: the distance between two times, too.
    private const double MostMilliseconds = 1_000_000;

    /// <param name="timings">Reads those of the runs of a document.</param>
    /// <param name="isStill">Whether it is for a page without script, on which one run of each kind has room.</param>
    /// <returns>The timeline; null where there are no timings.</returns>
    public static async Task<Timeline?> ReadAsync(
        ExperimentDocument document, Func<ExperimentDocument, IAsyncEnumerable<RunTimings>> timings, CancellationToken cancellationToken, bool isStill = false)
    {
        (IReadOnlyList<RunResult> chosen, string? leftOut) = Choose(document, isStill);
        if (chosen.Count == 0)
            return leftOut is null ? null : new Lanes(1, MostLanes).ToTimeline(0, leftOut);
        var lanes = new Lanes(
            Math.Max(1, (int)Math.Ceiling(chosen.Select(run => run.WallMs).Max() / MostMilliseconds)), isStill ? MostStillLanes : MostLanes / chosen.Count);
        await foreach (RunTimings run in timings(document with { Runs = chosen }).WithCancellation(cancellationToken).ConfigureAwait(false))
            lanes.Add(run);
        return lanes.Runs.Count == 0 ? null : lanes.ToTimeline(FirstOf(document, lanes.Runs), leftOut);
    }

    private static (IReadOnlyList<RunResult> Chosen, string? LeftOut) Choose(ExperimentDocument document, bool isStill)
    {
        IReadOnlyList<RunResult> runs = document.Runs;
        if (!isStill && runs.Count <= MostRuns && runs.Sum(Attempts) <= MostAttemptsOfAllRuns)
            return (runs, null);
        RunResult[] kinds = [.. runs.GroupBy(run => (run.Workload, run.Size, run.Model)).Select(kind => Typical([.. kind]))];
        bool isTooMany = isStill && kinds.Length > MostStillRuns;
        IEnumerable<RunResult> shown = isTooMany ? kinds.OrderByDescending(run => document.Recommendation.Any(recommendation => IsOf(run, recommendation))).Take(MostStillRuns) : kinds;
        var chosen = new List<RunResult>();
        long attempts = 0;
        foreach (RunResult run in shown.OrderBy(Attempts))
        {
            attempts += Attempts(run);
            if (attempts <= MostAttempts)
                chosen.Add(run);
        }

        if (chosen.Count == runs.Count)
            return (chosen, null);
        string without = isTooMany ? $", of {Figures.Count(MostStillRuns)} of {Figures.Count(kinds.Length)} in all, recommended models first" : "";
        if (attempts > MostAttempts)
            without += $", and none of those with the most tasks beyond {Figures.Count(MostAttempts)} in all";
        return (
            chosen,
            $"Of each workload and model one run is shown, that with the median wall time{without}: all would be too much for a page.");
    }

    private static long Attempts(RunResult run) => (long)run.Tasks + run.Retried;

    private static bool IsOf(RunResult run, Recommendation recommendation) =>
        run.Workload == recommendation.Workload && run.Size == recommendation.Size && run.Model == recommendation.Model;

    private static RunResult Typical(RunResult[] runs)
    {
        RunResult[] valid = [.. runs.Where(run => run.IsValid)];
        return (valid.Length == 0 ? runs : valid).OrderBy(run => run.WallMs).ElementAt(((valid.Length == 0 ? runs : valid).Length - 1) / 2);
    }

    // A typical run of what is recommended first.
    private static int FirstOf(ExperimentDocument document, List<TimelineRun> runs)
    {
        RunResult[] recommended = [.. document.Runs.Where(run => document.Recommendation.Take(1).Any(recommendation => IsOf(run, recommendation)))];
        return recommended.Length == 0 ? 0 : Math.Max(0, runs.FindIndex(run => run.RunId == Typical(recommended).RunId));
    }

    private sealed class Lanes(int tickMicroseconds, int mostOfRun)
    {
        private readonly TimelineColumns _columns = new();
        private readonly Dictionary<string, int> _hosts = [];

        public List<TimelineRun> Runs { get; } = [];

        public void Add(RunTimings timings)
        {
            if (timings.Timings.Count == 0)
                return;
            IGrouping<(int Host, int ThreadId, int Lane), TraceSlice>[] all =
                [.. TraceLayout.Create(timings.Timings).GroupBy(slice => (slice.Host, slice.ThreadId, slice.Lane))];
            IGrouping<(int Host, int ThreadId, int Lane), TraceSlice>[] lanes = [.. MostTelling(all, timings.Timings).OrderBy(lane => lane.Key)];
            int firstRow = _columns.Count;
            foreach (IGrouping<(int, int, int), TraceSlice> lane in lanes)
                Add(lane, timings.Timings);
            RunResult run = timings.Run;
            Runs.Add(new TimelineRun(
                run.RunId,
                run.Workload,
                run.Size,
                run.Model,
                ModelStyle.Of(run.Model),
                run.Round,
                run.WallMs,
                run.IsValid,
                [.. lanes.Select(lane => new[] { HostOf(timings.Timings[lane.First().Row]), lane.Key.ThreadId, lane.Key.Lane, lane.Count() })],
                lanes.Length < all.Length ? all.Length - lanes.Length : null,
                firstRow));
        }

        public Timeline ToTimeline(int first, string? leftOut)
        {
            if (Runs.Exists(run => run.LanesLeftOut is not null))
                leftOut = $"{leftOut} Of a run at most {Figures.Count(mostOfRun)} lanes are shown: those with attempts that failed or were repeated, then the first of each thread, the busiest first.".TrimStart();
            return new Timeline(
                tickMicroseconds,
                [.. _hosts.OrderBy(host => host.Value).Select(host => host.Key)],
                Runs,
                first,
                _columns,
                leftOut is null ? null : $"{leftOut} trace.json has all.");
        }

        private IEnumerable<IGrouping<(int Host, int ThreadId, int Lane), TraceSlice>> MostTelling(
            IGrouping<(int Host, int ThreadId, int Lane), TraceSlice>[] lanes, IReadOnlyList<TaskTiming> timings) => lanes.Length <= mostOfRun ? lanes : lanes
                .OrderByDescending(lane => lane.Any(slice => timings[slice.Row] is { Outcome: not TaskOutcome.Succeeded } or { Attempt: > 1 }))
                .ThenBy(lane => lane.Key.Lane)
                .ThenByDescending(lane => lane.Sum(slice => slice.End - slice.Begin))
                .Take(mostOfRun);

        private void Add(IEnumerable<TraceSlice> lane, IReadOnlyList<TaskTiming> timings)
        {
            int before = 0;
            foreach (TraceSlice slice in lane)
            {
                TaskTiming timing = timings[slice.Row];
                int begin = Ticks(slice.Begin);
                // Of one that was lost only the end is known.
                bool isKnown = timing.Outcome != TaskOutcome.Lost || slice.Begin < slice.End;
                _columns.Add(
                    begin - before,
                    isKnown ? Math.Max(0, Ticks(slice.Begin - TraceLayout.Microseconds(timing.QueuedMs))) : 0,
                    Ticks(slice.End - slice.Begin),
                    timing.TaskIndex,
                    timing.Outcome,
                    timing.Attempt - 1);
                before = begin;
            }
        }

        private int Ticks(long microseconds) => (int)Math.Clamp(microseconds / tickMicroseconds, int.MinValue / 2, int.MaxValue / 2);

        private int HostOf(TaskTiming timing)
        {
            if (!_hosts.TryGetValue(timing.HostId, out int host))
                _hosts.Add(timing.HostId, host = _hosts.Count);
            return host;
        }
    }
}
