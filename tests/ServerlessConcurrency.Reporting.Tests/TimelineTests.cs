using System.IO.Compression;
using System.Runtime.InteropServices;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.Timelines;

namespace ServerlessConcurrency.Reporting.Tests;

public sealed class TimelineTests
{
    [Fact]
    public async Task Every_attempt_of_every_run_is_packed_in_its_lane_to_the_microsecond()
    {
        SampleExperiment sample = SampleExperiment.Create(rounds: 1);
        RunTimings[] runs = [.. sample.Timings.Select(run => run with { Timings = [.. run.Timings, Retried(run.Timings[3])] })];

        Timeline timeline = (await TimelineReader.ReadAsync(sample.Document, _ => runs.ToAsyncEnumerable(), CancellationToken.None))!;

        Assert.Null(timeline.LeftOut);
        Assert.Equal(runs.Select(run => run.Run.RunId), timeline.Runs.Select(run => run.RunId));
        Assert.Equal(runs.Sum(run => run.Timings.Count), timeline.Attempts);
        (string, int, int, double, double, double, int)[] unpacked = [.. Unpack(timeline).Order()];
        Assert.Equal(
            [.. from run in runs
                from timing in run.Timings
                select (timing.HostId, timing.ThreadId, timing.TaskIndex, Round(timing.StartedMs), Round(timing.FinishedMs - timing.StartedMs), Round(Math.Max(0, timing.StartedMs - timing.QueuedMs)), (int)timing.Outcome | ((timing.Attempt - 1) << 3)) into attempt
                orderby attempt
                select attempt],
            unpacked,
            (one, other) => (one.Item1, one.Item2, one.Item3, one.Item7) == (other.Item1, other.Item2, other.Item3, other.Item7)
                && Math.Abs(one.Item4 - other.Item4) + Math.Abs(one.Item5 - other.Item5) + Math.Abs(one.Item6 - other.Item6) < 0.01);

        static double Round(double milliseconds) => Math.Round(milliseconds, 3);

        static TaskTiming Retried(TaskTiming timing) => timing with { Attempt = 2, StartedMs = timing.FinishedMs, FinishedMs = timing.FinishedMs + 5, Outcome = TaskOutcome.Lost };
    }

    [Fact]
    public async Task Of_too_many_attempts_only_those_of_the_median_run_of_each_workload_and_model_are_read()
    {
        ExperimentDocument document = SampleExperiment.Create(rounds: 3).Document;
        document = document with { Runs = [.. document.Runs.Select(run => run with { Tasks = 10_000, WallMs = 100 * run.Round })] };
        IReadOnlyList<RunResult> asked = [];

        Timeline timeline = (await TimelineReader.ReadAsync(
            document,
            chosen =>
            {
                asked = chosen.Runs;
                return chosen.Runs.Select(run => new RunTimings(run, [SampleRun.Timing()])).ToAsyncEnumerable();
            },
            CancellationToken.None))!;

        Assert.Equal(document.Runs.Select(run => (run.Workload, run.Model)).Distinct().Order(), asked.Select(run => (run.Workload, run.Model)).Order());
        Assert.All(asked, run => Assert.Equal(2, run.Round));
        Assert.Contains("one run is shown, that with the median wall time", timeline.LeftOut, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_too_many_runs_those_of_the_median_wall_time_are_read_and_of_too_many_tasks_none()
    {
        RunResult sample = SampleRun.Of().Run;
        RunResult[] runs = [.. Enumerable.Range(1, TimelineReader.MostRuns + 1).Select(round => sample with { RunId = $"r{round}", Round = round, WallMs = round })];
        ExperimentDocument document = SampleExperiment.Create(rounds: 1).Document;

        Timeline of = (await ReadAsync(runs))!;
        Timeline none = (await ReadAsync([sample with { Tasks = TimelineReader.MostAttempts + 1 }]))!;

        Assert.Equal((TimelineReader.MostRuns / 2) + 1, Assert.Single(of.Runs).Round);
        Assert.Empty(none.Runs);
        Assert.Contains("beyond 1,000,000 in all", none.LeftOut, StringComparison.Ordinal);

        Task<Timeline?> ReadAsync(RunResult[] runs) => TimelineReader.ReadAsync(
            document with { Runs = runs }, chosen => chosen.Runs.Select(run => new RunTimings(run, [SampleRun.Timing()])).ToAsyncEnumerable(), CancellationToken.None);
    }

    [Fact]
    public async Task Of_too_many_threads_those_with_troubles_and_then_the_busiest_have_lanes()
    {
        const int Threads = TimelineReader.MostLanes;
        const int Shown = Threads / 2;
        RunResult run = SampleRun.Of().Run with { Tasks = Threads };
        RunResult[] runs = [run, run with { RunId = "r002-01", Round = 2 }];
        TaskTiming[] timings =
        [
            .. Enumerable.Range(0, Threads).Select(thread => SampleRun.Timing(thread, $"lab-1-{thread % 3_000}", thread % 3_000, thread, finished: 2 + (thread / 1_000.0)) with
            {
                Outcome = thread == 3 ? TaskOutcome.Lost : TaskOutcome.Succeeded,
                Attempt = thread == 5 ? 2 : 1,
            }),
        ];

        Timeline timeline = (await TimelineReader.ReadAsync(
            SampleExperiment.Create(rounds: 1).Document with { Runs = runs }, _ => runs.Select(of => new RunTimings(of, timings)).ToAsyncEnumerable(), CancellationToken.None))!;

        Assert.All(timeline.Runs, of =>
        {
            Assert.Equal((Shown, Threads - Shown), (of.Lanes.Count, of.LanesLeftOut));
            Assert.Equal([3, 5, .. Enumerable.Range(Threads - Shown + 2, Shown - 2)], of.Lanes.Select(lane => lane[1]).Order());
        });
        Assert.Equal(Threads, timeline.Attempts);
        Assert.Equal(Threads, Unpack(timeline).Count());
        Assert.Contains($"at most 25,000 lanes are shown", timeline.LeftOut, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_still_page_has_the_recommended_of_too_many_models_first()
    {
        WorkloadSpec[] workloads = [.. Enumerable.Range(1, 5).Select(number => new WorkloadSpec($"primes{number}", 1_000, 4))];
        SampleExperiment sample = SampleExperiment.Create(rounds: 1, workloads);

        Timeline timeline = (await TimelineReader.ReadAsync(
            sample.Document, chosen => sample.Timings.Where(run => chosen.Runs.Contains(run.Run)).ToAsyncEnumerable(), CancellationToken.None, isStill: true))!;

        Assert.Equal(TimelineReader.MostStillRuns, timeline.Runs.Count);
        Assert.All(
            sample.Document.Recommendation.Where(answer => answer.Model is not null), answer => Assert.Contains(timeline.Runs, run => (run.Workload, run.Model) == (answer.Workload, answer.Model)));
        Assert.Contains("of 24 of 40 in all, recommended models first", timeline.LeftOut, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(900_000, 1)]
    [InlineData(1_900_000, 2)]
    [InlineData(86_400_000, 87)]
    public async Task The_tasks_of_a_long_run_are_where_they_were(double wallMs, int tickMicroseconds)
    {
        RunTimings run = SampleRun.Of("r001-01", wallMs, SampleRun.Timing(task: 0), SampleRun.Timing(task: 1, started: wallMs - 10, finished: wallMs));
        run = run with { Timings = [run.Timings[0], run.Timings[1] with { QueuedMs = 0 }] };

        Timeline timeline = (await ReadAsync(run))!;

        Assert.Equal(tickMicroseconds, timeline.TickMicroseconds);
        (_, _, _, double began, double took, double waited, _) = Unpack(timeline).ElementAt(1);
        Assert.Equal(wallMs - 10, began, 1.0);
        Assert.Equal(10, took, 1.0);
        Assert.Equal(wallMs - 10, waited, 1.0);
    }

    [Fact]
    public async Task How_long_a_lost_attempt_waited_is_not_known_where_only_its_end_is()
    {
        TaskTiming lost = SampleRun.Timing(started: 50, finished: 50) with { Outcome = TaskOutcome.Lost };

        Timeline timeline = (await ReadAsync(SampleRun.Of(lost, lost with { Outcome = TaskOutcome.TimedOut })))!;

        Assert.Equal([0, 49.75], Unpack(timeline).Select(attempt => attempt.Waited));
    }

    [Fact]
    public async Task What_is_recommended_is_shown_first()
    {
        SampleExperiment sample = SampleExperiment.Create();

        Timeline timeline = (await TimelineReader.ReadAsync(sample.Document, _ => sample.Timings.ToAsyncEnumerable(), CancellationToken.None))!;

        TimelineRun first = timeline.Runs[timeline.First];
        Assert.Equal((sample.Document.Recommendation[0].Workload, sample.Document.Recommendation[0].Model), (first.Workload, first.Model));
    }

    [Fact]
    public async Task Without_timings_there_is_none() => Assert.Null(await TimelineReader.ReadAsync(
        SampleExperiment.Create(rounds: 1).Document, _ => AsyncEnumerable.Empty<RunTimings>(), CancellationToken.None));

    private static Task<Timeline?> ReadAsync(RunTimings run) => TimelineReader.ReadAsync(
        SampleExperiment.Create(rounds: 1).Document with { Runs = [run.Run] }, _ => new[] { run }.ToAsyncEnumerable(), CancellationToken.None);

    // What packed.js does.
    private static IEnumerable<(string Host, int Thread, int Task, double Began, double Took, double Waited, int Outcome)> Unpack(Timeline timeline)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(timeline.Packed)), CompressionMode.Decompress))
            gzip.CopyTo(bytes);
        int[] numbers = MemoryMarshal.Cast<byte, int>(bytes.ToArray().AsSpan(0, timeline.Attempts * 16)).ToArray();
        byte[] outcomes = bytes.ToArray()[(timeline.Attempts * 16)..];
        Assert.Equal(timeline.Attempts, outcomes.Length);
        int row = 0;
        foreach (int[] lane in timeline.Runs.SelectMany(run => run.Lanes))
        {
            int began = 0;
            for (int attempt = 0; attempt < lane[3]; attempt++, row++)
            {
                began += numbers[row];
                yield return (
                    timeline.Hosts[lane[0]], lane[1], numbers[row + (3 * timeline.Attempts)], Milliseconds(began), Milliseconds(numbers[row + (2 * timeline.Attempts)]),
                    Milliseconds(numbers[row + timeline.Attempts]), outcomes[row]);
            }
        }

        double Milliseconds(int ticks) => (double)ticks * timeline.TickMicroseconds / 1000;
    }
}
