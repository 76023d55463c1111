using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Telemetry;
using ServerlessConcurrency.Core.Tests.Engine;
using ServerlessConcurrency.Core.Tests.Models;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Telemetry;

public sealed class TelemetryTests
{
    private static readonly RunTrace Sampled = new("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", Every: 3);

    [Fact]
    public async Task Runs_are_spans_of_their_experiment_and_tasks_of_their_run()
    {
        string name = Guid.NewGuid().ToString();
        (ActivityListener listener, ConcurrentQueue<Activity> all) = Listen();
        using (listener)
            await Experiment.RunAsync(Experiment.Spec("sequential", "async") with { Name = name });

        Activity root = Assert.Single(all, span => span.DisplayName == $"experiment {name}");
        Activity[] spans = [.. all.Where(span => span.TraceId == root.TraceId)];
        Activity[] runs = [.. spans.Where(span => span.ParentSpanId == root.SpanId)];
        Assert.Null(root.ParentId);
        Assert.Equal("completed", root.GetTagItem("sconc.experiment.status"));
        // One round warms up.
        Assert.Equal(2 * 4, runs.Length);
        Assert.Equal(2, runs.Count(run => run.GetTagItem("sconc.run.warmup") is true));
        Assert.All(runs, run =>
        {
            Activity[] tasks = [.. spans.Where(span => span.ParentSpanId == run.SpanId)];
            Assert.Equal(Enumerable.Range(0, 6), tasks.Select(task => (int)task.GetTagItem("sconc.task.index")!).Order());
            Assert.All(tasks, task => Assert.Equal("succeeded", task.GetTagItem("sconc.task.outcome")));
            Assert.All(tasks, task => Assert.True(task.StartTimeUtc >= run.StartTimeUtc && (double)task.GetTagItem("sconc.task.queue_wait")! >= 0));
        });
        Assert.Equal(1 + 8 + (8 * 6), spans.Length);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(100, 100)]
    [InlineData(101, 51)]
    [InlineData(100_000, 100)]
    public void A_run_has_at_most_100_spans_of_tasks(int tasks, int spans)
    {
        RunTrace trace = RunTrace.Of(Sampled.Parent, tasks);

        Assert.Equal(spans, Enumerable.Range(0, tasks).Count(task => task % trace.Every == 0));
    }

    [Fact]
    public async Task A_run_that_is_repeated_has_the_spans_of_one()
    {
        string name = Guid.NewGuid().ToString();
        (ActivityListener listener, ConcurrentQueue<Activity> all) = Listen();
        using (listener)
            await Experiment.RunAsync(Experiment.Spec("sequential") with { Name = name, Rounds = 1, WarmupRounds = 0, MinRunMs = 5 });

        Activity root = Assert.Single(all, span => span.DisplayName == $"experiment {name}");
        Assert.Equal(6, all.Count(span => span.TraceId == root.TraceId && span.DisplayName == "task primes"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_task_with_a_span_does_is_part_of_it_and_the_others_have_none(bool awaiting)
    {
        var current = new List<Activity?>();
        var workload = ScriptedWorkload.CpuBound((task, _) =>
        {
            current.Add(Activity.Current);
            return task.Index == 3 ? throw new InvalidOperationException("broken") : 1UL;
        });
        (ActivityListener listener, _) = Listen();
        using (listener)
        {
            // Tasks 2 to 5, as a share of a run.
            var tasks = new TaskExecution(TestRun.Order(workload) with { FirstTask = 2, Trace = Sampled }, () => workload, TimeProvider.System);
            for (int index = 0; index < 4; index++)
                _ = awaiting ? await tasks.ExecuteAsync(index, new Execution(), attempt: 2, queuedTicks: 0) : tasks.Execute(index, new Execution(), attempt: 2, queuedTicks: 0);
        }

        Activity span = current[1]!;
        Assert.Equal([null, span, null, null], current);
        Assert.Equal(Sampled.Parent, span.ParentId);
        Assert.Equal((3, 2, "failed"), (span.GetTagItem("sconc.task.index"), span.GetTagItem("sconc.task.attempt"), span.GetTagItem("sconc.task.outcome")));
        Assert.Equal((ActivityStatusCode.Error, "InvalidOperationException: broken"), (span.Status, span.StatusDescription));
        Assert.Null(span.GetTagItem("sconc.task.queue_wait"));
        Assert.Null(Activity.Current);
    }

    [Fact]
    public async Task Without_anybody_who_listens_nothing_is_made()
    {
        var traces = new List<RunTrace?>();
        var model = new ScriptedModel("scripted", (run, _, checksum) =>
        {
            traces.Add(run.Order.Trace);
            return checksum;
        });
        var workload = ScriptedWorkload.CpuBound((_, _) => Activity.Current is null ? 1UL : 2);

        await Experiment.RunAsync(Experiment.Spec("sequential", "scripted"), models: [model]);
        TaskAttempt attempt = new TaskExecution(TestRun.Order(workload) with { Trace = Sampled with { Every = 1 } }, () => workload, TimeProvider.System)
            .Execute(0, new Execution(), attempt: 1, queuedTicks: 0);

        Assert.All(traces, Assert.Null);
        Assert.Equal(1UL, attempt.Checksum);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("not a traceparent", 1)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", 0)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", -1)]
    public void A_trace_that_cannot_be_read_harms_no_task(string parent, int every)
    {
        var workload = ScriptedWorkload.CpuBound((_, _) => 1UL);
        (ActivityListener listener, _) = Listen();
        using (listener)
        {
            var tasks = new TaskExecution(TestRun.Order(workload) with { Trace = new RunTrace(parent, every) }, () => workload, TimeProvider.System);

            Assert.Equal(TaskOutcome.Succeeded, tasks.Execute(0, new Execution(), attempt: 1, queuedTicks: 0).Outcome);
        }
    }

    [Fact]
    public void An_order_without_a_trace_is_read_and_written_as_before()
    {
        RunOrder order = TestRun.Order(ScriptedWorkload.CpuBound((_, _) => 1));
        string json = JsonSerializer.Serialize(order, JsonSerializerOptions.Web);

        Assert.DoesNotContain("trace", json, StringComparison.Ordinal);
        Assert.Equal(order, JsonSerializer.Deserialize<RunOrder>(json, JsonSerializerOptions.Web));
        order = order with { Trace = Sampled };
        Assert.Equal(order, JsonSerializer.Deserialize<RunOrder>(JsonSerializer.Serialize(order, JsonSerializerOptions.Web), JsonSerializerOptions.Web));
    }

    [Fact]
    public async Task Metrics_are_of_every_attempt_of_the_measured_runs_in_seconds()
    {
        const long Size = 501;
        var values = new ConcurrentQueue<(string Name, string? Unit, double Value)>();
        using (var listener = new MeterListener())
        {
            listener.InstrumentPublished = (instrument, meter) =>
            {
                if (instrument.Meter.Name == MeasurementTelemetry.Name)
                    meter.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
            {
                // Those of other tests, too.
                if (tags.ToArray().Contains(new("sconc.size", Size)) && tags.ToArray().Contains(new("sconc.model", "sequential")))
                    values.Enqueue((instrument.Name, instrument.Unit, value));
            });
            listener.Start();
            await Experiment.RunAsync(Experiment.Spec("sequential") with { Workloads = [new WorkloadSpec("primes", Size, 6)] });
        }

        Assert.All(values, value => Assert.Equal("s", value.Unit));
        Assert.All(values, value => Assert.InRange(value.Value, 0, 60));
        // Between 6 tasks on one thread are 5 hand-overs.
        Assert.Equal(
            [("sconc.run.duration", 3), ("sconc.task.dispatch", 15), ("sconc.task.duration", 18), ("sconc.task.queue_wait", 18)],
            values.GroupBy(value => value.Name).Select(group => (group.Key, group.Count())).OrderBy(group => group.Key, StringComparer.Ordinal));
    }

    private static (ActivityListener Listener, ConcurrentQueue<Activity> Spans) Listen()
    {
        var spans = new ConcurrentQueue<Activity>();
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == MeasurementTelemetry.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return (listener, spans);
    }
}
