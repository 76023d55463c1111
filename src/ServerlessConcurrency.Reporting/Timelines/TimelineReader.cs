using System.IO.Compression;
using System.Runtime.InteropServices;
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

    // As long, in microseconds, fits twice into 32 bits: the distance between two times, too.
    private const double MostMilliseconds = 1_000_000;

    /// <param name="timings">Reads those of the runs of a document.</param>
    /// <returns>The timeline; null where there are no timings.</returns>
    public static async Task<Timeline?> ReadAsync(
        ExperimentDocument document, Func<ExperimentDocument, IAsyncEnumerable<RunTimings>> timings, CancellationToken cancellationToken)
    {
        (IReadOnlyList<RunResult> chosen, string? leftOut) = Choose(document.Runs);
        if (chosen.Count == 0)
            return leftOut is null ? null : new Columns(1).ToTimeline(0, leftOut);
        var columns = new Columns(Math.Max(1, (int)Math.Ceiling(chosen.Select(run => run.WallMs).Max() / MostMilliseconds)));
        await foreach (RunTimings run in timings(document with { Runs = chosen }).WithCancellation(cancellationToken).ConfigureAwait(false))
            columns.Add(run);
        return columns.Runs.Count == 0 ? null : columns.ToTimeline(FirstOf(document, columns.Runs), leftOut);
    }

    private static (IReadOnlyList<RunResult> Chosen, string? LeftOut) Choose(IReadOnlyList<RunResult> runs)
    {
        if (runs.Count <= MostRuns && runs.Sum(Attempts) <= MostAttemptsOfAllRuns)
            return (runs, null);
        var chosen = new List<RunResult>();
        long attempts = 0;
        foreach (RunResult run in runs.GroupBy(run => (run.Workload, run.Size, run.Model)).Select(kind => Typical([.. kind])).OrderBy(Attempts))
        {
            attempts += Attempts(run);
            if (attempts <= MostAttempts)
                chosen.Add(run);
        }

        return (
            chosen,
            $"Of each workload and model one run is shown, that with the median wall time{(attempts <= MostAttempts ? "" : $", and none of those with the most tasks beyond {Figures.Count(MostAttempts)} in all")}: all would be too much for a page. trace.json has them.");
    }

    private static long Attempts(RunResult run) => (long)run.Tasks + run.Retried;

    private static RunResult Typical(RunResult[] runs)
    {
        RunResult[] valid = [.. runs.Where(run => run.IsValid)];
        return (valid.Length == 0 ? runs : valid).OrderBy(run => run.WallMs).ElementAt(((valid.Length == 0 ? runs : valid).Length - 1) / 2);
    }

    // A typical run of what is recommended first.
    private static int FirstOf(ExperimentDocument document, List<TimelineRun> runs)
    {
        RunResult[] recommended =
        [
            .. from recommendation in document.Recommendation.Take(1)
               from run in document.Runs
               where run.Workload == recommendation.Workload && run.Size == recommendation.Size && run.Model == recommendation.Model
               select run,
        ];
        return recommended.Length == 0 ? 0 : Math.Max(0, runs.FindIndex(run => run.RunId == Typical(recommended).RunId));
    }

    private sealed class Columns(int tickMicroseconds)
    {
        private readonly List<int>[] _numbers = [[], [], [], []];
        private readonly List<byte> _outcomes = [];
        private readonly Dictionary<string, int> _hosts = [];

        public List<TimelineRun> Runs { get; } = [];

        public void Add(RunTimings timings)
        {
            IGrouping<(int Host, int ThreadId, int Lane), TraceSlice>[] lanes =
                [.. TraceLayout.Create(timings.Timings).GroupBy(slice => (slice.Host, slice.ThreadId, slice.Lane)).OrderBy(lane => lane.Key)];
            foreach (IGrouping<(int, int, int), TraceSlice> lane in lanes)
            {
                int before = 0;
                foreach (TraceSlice slice in lane)
                {
                    TaskTiming timing = timings.Timings[slice.Row];
                    int begin = Ticks(slice.Begin);
                    _numbers[0].Add(begin - before);
                    // Of one that was lost only the end is known.
                    bool isKnown = timing.Outcome != TaskOutcome.Lost || slice.Begin < slice.End;
                    _numbers[1].Add(isKnown ? Math.Max(0, Ticks(slice.Begin - TraceLayout.Microseconds(timing.QueuedMs))) : 0);
                    _numbers[2].Add(Ticks(slice.End - slice.Begin));
                    _numbers[3].Add(timing.TaskIndex);
                    _outcomes.Add((byte)((int)timing.Outcome | (Math.Clamp(timing.Attempt - 1, 0, 31) << 3)));
                    before = begin;
                }
            }

            RunResult run = timings.Run;
            if (timings.Timings.Count > 0)
            {
                Runs.Add(new TimelineRun(
                    run.RunId,
                    run.Workload,
                    run.Size,
                    run.Model,
                    ModelStyle.Of(run.Model),
                    run.Round,
                    run.WallMs,
                    run.IsValid,
                    [.. lanes.Select(lane => new[] { HostOf(timings.Timings[lane.First().Row]), lane.Key.ThreadId, lane.Key.Lane, lane.Count() })]));
            }
        }

        public Timeline ToTimeline(int first, string? leftOut) =>
            new(tickMicroseconds, [.. _hosts.OrderBy(host => host.Value).Select(host => host.Key)], Runs, first, _outcomes.Count, Pack(), leftOut);

        private int Ticks(long microseconds) => (int)Math.Clamp(microseconds / tickMicroseconds, int.MinValue / 2, int.MaxValue / 2);

        private int HostOf(TaskTiming timing)
        {
            if (!_hosts.TryGetValue(timing.HostId, out int host))
                _hosts.Add(timing.HostId, host = _hosts.Count);
            return host;
        }

        private string Pack()
        {
            using var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            {
                foreach (List<int> numbers in _numbers)
                    gzip.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(numbers)));
                gzip.Write(CollectionsMarshal.AsSpan(_outcomes));
            }

            return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
        }
    }
}
