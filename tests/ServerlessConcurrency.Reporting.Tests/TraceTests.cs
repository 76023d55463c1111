using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Trace;

namespace ServerlessConcurrency.Reporting.Tests;

public sealed class TraceTests
{
    [Fact]
    public async Task Every_attempt_is_a_complete_event_on_its_hosts_and_threads_track()
    {
        Event[] events = await EventsAsync(SampleRun.Of(new TaskTiming(
            3, 2, "lab-1-40", 40, 7, QueuedMs: 0.1234, StartedMs: 1.5, FinishedMs: 4.25, 0xABC, TaskOutcome.Failed)));

        Event task = Assert.Single(events, IsTask);
        Assert.Equal(("primes 20000", "threads"), (task.Name, (string?)task.Json["cat"]));
        Assert.Equal((1_500L, 2_750L), (task.Begin, task.End - task.Begin));
        Assert.Equal(
            """{"runId":"r001-01","taskIndex":3,"attempt":2,"queuedMs":0.1234,"checksum":"0000000000000abc","outcome":"failed"}""",
            task.Args.ToJsonString());
        Assert.Equal(40, task.Process);
        Assert.Equal("lab-1-40", NameOf(events, "process_name", metadata => metadata.Process == task.Process));
        Assert.Equal("thread 7", NameOf(events, "thread_name", metadata => metadata.Thread == task.Thread));
    }

    [Fact]
    public async Task Runs_follow_each_other_and_hold_their_tasks()
    {
        SampleExperiment sample = SampleExperiment.Create(rounds: 2);

        Event[] events = await EventsAsync([.. sample.Timings]);

        Event[] runs = [.. events.Where(IsRun)];
        Assert.Equal(sample.Timings.Select(run => run.Run.RunId), runs.Select(run => (string?)run.Args["runId"]));
        Assert.All(runs.Zip(runs.Skip(1)), pair => Assert.True(pair.First.End < pair.Second.Begin));
        Dictionary<string, Event> runOf = runs.ToDictionary(run => (string)run.Args["runId"]!);
        Assert.All(events.Where(IsTask), task =>
        {
            Event run = runOf[(string)task.Args["runId"]!];
            Assert.InRange(task.Begin, run.Begin, run.End);
            Assert.InRange(task.End, run.Begin, run.End);
        });
        Assert.Contains(runs, run => run.Name == "gil-threads: delay 50, round 2");
    }

    [Fact]
    public async Task A_run_that_reaches_beyond_its_wall_time_does_not_reach_into_the_next()
    {
        Event[] events = await EventsAsync(
            SampleRun.Of("r001-01", wallMs: 5, SampleRun.Timing(started: 1, finished: 90)),
            SampleRun.Of("r001-02", wallMs: 5, SampleRun.Timing(started: -30, finished: 4)));

        Event[] tasks = [.. events.Where(IsTask)];
        Assert.True(tasks[0].End < tasks[1].Begin);
        Assert.True(events.Last(IsRun).Begin > tasks[1].Begin);
    }

    [Fact]
    public async Task Two_machines_with_the_same_process_id_are_two_processes()
    {
        Event[] events = await EventsAsync(SampleRun.Of(
            SampleRun.Timing(host: "one-40", process: 40), SampleRun.Timing(host: "two-40", process: 40)));

        Assert.Equal(2, events.Where(IsTask).Select(task => task.Process).Distinct().Count());
    }

    [Fact]
    public async Task Tasks_that_await_on_the_same_thread_get_a_lane_each()
    {
        Event[] events = await EventsAsync(SampleRun.Of(
            SampleRun.Timing(0, started: 0, finished: 50), SampleRun.Timing(1, started: 1, finished: 51), SampleRun.Timing(2, started: 50, finished: 60)));

        Event[] tasks = [.. events.Where(IsTask).OrderBy(task => (int?)task.Args["taskIndex"])];
        Assert.Equal(
            ["thread 7", "thread 7, lane 2", "thread 7"],
            tasks.Select(task => NameOf(events, "thread_name", metadata => metadata.Thread == task.Thread)));
    }

    [Fact]
    public async Task A_hostile_error_does_not_break_the_trace()
    {
        RunTimings run = SampleRun.Of(SampleRun.Timing());
        run = run with { Run = run.Run with { Failed = 1, Error = "\"}]\n\0\ud800 <script>" } };

        Event[] events = await EventsAsync(run);

        Assert.Equal("\"}]\n\0\ufffd <script>", (string?)Assert.Single(events, IsRun).Args["error"]);
    }

    [Property(MaxTest = 60)]
    public Property Tracks_are_named_once_and_slices_on_a_track_never_overlap() => Prop.ForAll(
        SampleRun.AnyTiming.NonEmptyListOf().ListOf(3).ToArbitrary(),
        runs =>
        {
            Event[] events = EventsAsync([.. runs.Select((timings, index) => SampleRun.Of($"r{index}", 10, [.. timings]))])
                .GetAwaiter().GetResult();

            Event[] slices = [.. events.Where(candidate => candidate.Phase == "X")];
            Assert.Equal(runs.Count + runs.Sum(run => run.Count), slices.Length);
            Assert.All(slices.GroupBy(slice => slice.Thread), AssertTrack);
            Assert.All(
                slices.Select(slice => slice.Process).Distinct(),
                process => Assert.Single(events, candidate => candidate.Name == "process_name" && candidate.Process == process));
            Assert.Empty(slices.Select(slice => slice.Thread).Intersect(slices.Select(slice => slice.Process)));

            void AssertTrack(IGrouping<long, Event> track)
            {
                Event name = Assert.Single(events, candidate => candidate.Name == "thread_name" && candidate.Thread == track.Key);
                Assert.All(track, slice => Assert.Equal(name.Process, slice.Process));
                Event[] inOrder = [.. track.OrderBy(slice => slice.Begin).ThenBy(slice => slice.End)];
                Assert.All(inOrder.Zip(inOrder.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Begin));
            }
        });

    private static bool IsTask(Event candidate) => candidate.Phase == "X" && candidate.Args.ContainsKey("taskIndex");

    private static bool IsRun(Event candidate) => candidate.Phase == "X" && !candidate.Args.ContainsKey("taskIndex");

    private static string? NameOf(IEnumerable<Event> events, string metadata, Func<Event, bool> predicate) =>
        (string?)Assert.Single(events, candidate => candidate.Name == metadata && predicate(candidate)).Args["name"];

    private static async Task<Event[]> EventsAsync(params RunTimings[] runs)
    {
        string trace = await Written.ByAsync(new TraceExporter(), "id", runs);
        return [.. JsonNode.Parse(trace)!.AsArray().Select(node => new Event(node!.AsObject()))];
    }

    private sealed record Event(JsonObject Json)
    {
        public string Name { get; } = (string)Json["name"]!;

        public string Phase { get; } = (string)Json["ph"]!;

        public long Process { get; } = (long)Json["pid"]!;

        public long Thread { get; } = (long)Json["tid"]!;

        public long Begin => (long)Json["ts"]!;

        public long End => Begin + (long)Json["dur"]!;

        public JsonObject Args { get; } = Json["args"]!.AsObject();
    }
}
