using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.DurableTask.Client;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Telemetry;
using ServerlessConcurrency.Durable.Queue;
using ServerlessConcurrency.Durable.Runs;
using ServerlessConcurrency.Durable.Tests.InMemory;
using ServerlessConcurrency.Functions.Tests.InMemory;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Experiments;
using ServerlessConcurrency.Storage.Queues;
using ServerlessConcurrency.Storage.Tests.Azurite;

namespace ServerlessConcurrency.Functions.Tests.Queue;

/// <summary>Runs of <c>queue</c> over a real storage queue and table.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class QueueTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly StorageAccount _account = azurite.NewAccount();
    private AzureExperimentStore _store = null!;
    private FunctionsApp _app = null!;
    private QueueTrigger _trigger = null!;

    public async Task InitializeAsync()
    {
        _store = new AzureExperimentStore(_account);
        _app = new FunctionsApp(_account, _store);
        _trigger = new QueueTrigger(_account, _app);
        await new StorageTaskResults(_account).CreateAsync(SmallExperiment.Id);
        await _store.SaveAsync(SmallExperiment.Document(SmallExperiment.Spec("queue")));
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_whole_experiment_goes_over_the_queue_and_leaves_no_table()
    {
        using var stop = new CancellationTokenSource();
        Task pump = _trigger.PumpAsync(stop.Token);

        ExperimentDocument ended = await _app.RunAsync(SmallExperiment.Spec("queue", "sequential"));

        await stop.CancelAsync();
        await pump;
        Assert.Equal((ExperimentStatus.Completed, null, 4), (ended.Status, ended.Error, ended.Runs.Count));
        Assert.All(ended.Runs, run => Assert.True(run.IsValid, $"{run}"));
        Assert.Single(ended.Runs.Select(run => run.Checksum).Distinct());
        Assert.Equal(3 * 6, _trigger.Deliveries);
        List<RunTimings> timings = await _store.ReadTimingsAsync(ended).ToListAsync();
        Assert.All(timings, run => Assert.Equal(Enumerable.Range(0, 6), run.Timings.Select(row => row.TaskIndex)));
        Assert.All(timings.SelectMany(run => run.Timings), row => Assert.True(
            row.QueuedMs >= 0 && row.QueuedMs <= row.StartedMs && row.StartedMs <= row.FinishedMs, $"{row}"));
        // Of repetitions the mean is told, and the rows are of one.
        Assert.All(ended.Runs.Zip(timings).Where(run => run.First.Repeats == 1), run => Assert.True(run.First.WallMs >= run.Second.Timings.Max(row => row.FinishedMs) - 0.01));
        Assert.DoesNotContain(_account.Names.AttemptsOf(SmallExperiment.Id), await _account.Tables.QueryAsync().Select(table => table.Name).ToListAsync());
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task One_trace_has_the_runs_of_every_kind_of_model_and_their_tasks()
    {
        var all = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == MeasurementTelemetry.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = all.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var stop = new CancellationTokenSource();
        Task pump = _trigger.PumpAsync(stop.Token);
        string[] models = ["threads", "queue", "durable", "durable-batch"];
        ExperimentDocument document = SmallExperiment.Document(SmallExperiment.Spec(models) with { Name = Guid.NewGuid().ToString(), Rounds = 1, WarmupRounds = 0, MinRunMs = 0 });
        await _app.StartAsync();

        await _app.Engine().StartAsync(document, default);
        await _app.EndAsync(SmallExperiment.Id, OrchestrationRuntimeStatus.Completed);

        await stop.CancelAsync();
        await pump;
        Activity root = Assert.Single(all, span => span.DisplayName == $"experiment {document.Spec.Name}");
        Assert.Null(root.ParentId);
        Activity[] spans = [.. all.Where(span => span.TraceId == root.TraceId)];
        Dictionary<string, RunResult> runs = ((ExperimentDocument)(await _store.FindAsync(SmallExperiment.Id))!).Runs.ToDictionary(run => run.Model);
        Assert.Equal(models.Order(), runs.Keys.Order());
        Assert.All(models, model =>
        {
            Activity run = Assert.Single(spans, span => span.DisplayName == $"run {model} primes");
            Assert.Equal((root.SpanId, runs[model].RunId), (run.ParentSpanId, (string?)run.GetTagItem("sconc.run.id")));
            Activity[] tasks = [.. spans.Where(span => span.DisplayName == "task primes" && (string?)span.GetTagItem("sconc.run.id") == runs[model].RunId)];
            Assert.Equal(Enumerable.Range(0, 6), tasks.Select(task => (int)task.GetTagItem("sconc.task.index")!).Order());
            Assert.All(tasks, task => Assert.Equal(model == "threads" ? run.SpanId : root.SpanId, task.ParentSpanId));
            if (model != "threads")
                Assert.Equal(runs[model].WallMs, run.Duration.TotalMilliseconds, 1.0);
        });
        Assert.Equal(1 + 4 + (4 * 6), spans.Length);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task Tasks_that_are_enqueued_twice_are_each_one_row()
    {
        var request = new RunRequest(SmallExperiment.Document(SmallExperiment.Spec("queue")), SmallExperiment.Run("queue", 6, 2));

        QueueRun first = await _app.EnqueueTasks(request);
        QueueRun second = await _app.EnqueueTasks(request);
        await _trigger.DrainAsync();
        CollectProgress progress = await _app.CollectQueueResults(new CollectRequest(request.Document, request.Run, second));

        Assert.Equal(first.BeganTicks, second.BeganTicks);
        Assert.Equal(12, _trigger.Deliveries);
        Assert.Equal(new CollectProgress(true, 6), progress);
        List<TaskAttempt> rows = await ReadAsync(request.Run.RunId, first.BeganTicks).ToListAsync();
        Assert.Equal(Enumerable.Range(0, 6).Select(task => (task, 1)), rows.Select(row => (row.TaskIndex, row.Attempt)));
        RunResult run = Assert.Single(await _app.Journal.ReadRunsAsync(SmallExperiment.Id, [request.Run], default));
        Assert.Equal((6, 0, 0, 0, null), (run.Tasks, run.Failed, run.Retried, run.PoisonMessages, run.Error));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_task_that_keeps_failing_is_delivered_so_often_and_counted_as_failed_beside_the_others()
    {
        // No plan has such a size.
        PlannedRun run = SmallExperiment.Run("queue", 2, 2, "file", size: long.MaxValue);
        var request = new RunRequest(SmallExperiment.Document(SmallExperiment.Spec("queue")), run);

        QueueRun sent = await _app.EnqueueTasks(request);
        await _trigger.DrainAsync();
        CollectProgress progress = await _app.CollectQueueResults(new CollectRequest(request.Document, run, sent));

        Assert.Equal((new CollectProgress(true, 10), 12), (progress, _trigger.Deliveries));
        RunResult kept = Assert.Single(await _app.Journal.ReadRunsAsync(SmallExperiment.Id, [run], default));
        Assert.Equal((2, 8, 2, false), (kept.Failed, kept.Retried, kept.PoisonMessages, kept.IsValid));
        Assert.NotNull(kept.Error);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_task_that_ends_its_host_at_each_delivery_has_failed_for_good()
    {
        PlannedRun run = SmallExperiment.Run("queue", 1, 1);
        var request = new RunRequest(SmallExperiment.Document(SmallExperiment.Spec("queue")), run);
        QueueRun sent = await _app.EnqueueTasks(request);
        QueuedTask task = new(request.Order() with { BeganTicks = sent.BeganTicks }, 0, sent.BeganTicks);

        // None of the five before it has left anything.
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => _trigger.Function.RunAsync(QueuedTaskMessage.Write(task), new Invocation(6), default));
        CollectProgress progress = await _app.CollectQueueResults(new CollectRequest(request.Document, run, sent));

        Assert.Contains("was delivered 5 times, and each time its worker ended", error.Message, StringComparison.Ordinal);
        Assert.Equal(new CollectProgress(true, 1), progress);
        RunResult kept = Assert.Single(await _app.Journal.ReadRunsAsync(SmallExperiment.Id, [run], default));
        Assert.Equal((1, 1, false), (kept.Failed, kept.PoisonMessages, kept.IsValid));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_task_over_its_time_limit_is_recorded_and_delivered_again()
    {
        long now = UtcClock.Instance.GetTimestamp();
        QueuedTask task = NewTask("delay", 10_000, now, TimeSpan.FromSeconds(0.05));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            _trigger.Function.RunAsync(QueuedTaskMessage.Write(task), new Invocation(3), default));

        Assert.Equal($"task 0 of {SmallExperiment.Id} r0001-001: took longer than the 0.05 s of taskTimeoutSeconds", error.Message);
        TaskAttempt row = Assert.Single(await ReadAsync("r0001-001", now).ToListAsync());
        Assert.Equal((TaskOutcome.TimedOut, 3), (row.Outcome, row.Attempt));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_task_that_has_succeeded_is_not_executed_again()
    {
        long now = UtcClock.Instance.GetTimestamp();
        QueuedTask task = NewTask("primes", 50, now);

        await _trigger.Function.RunAsync(QueuedTaskMessage.Write(task), new Invocation(1), default);
        Assert.True(_app.Host.WarmUp.IsWarm(_app.Host.Workloads.Get("primes"), 50));
        await _trigger.Function.RunAsync(QueuedTaskMessage.Write(task), new Invocation(2), default);

        TaskAttempt row = Assert.Single(await ReadAsync("r0001-001", now).ToListAsync());
        Assert.Equal((TaskOutcome.Succeeded, 1, HostIdentity.Current), (row.Outcome, row.Attempt, row.Host));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_message_of_a_cancelled_experiment_is_dropped()
    {
        await _store.SaveAsync(SmallExperiment.Document(SmallExperiment.Spec("queue"), ExperimentStatus.Cancelled));
        QueuedTask task = NewTask("primes", 50, 0);

        await _trigger.Function.RunAsync(QueuedTaskMessage.Write(task), new Invocation(1), default);

        Assert.Empty(await ReadAsync("r0001-001", 0).ToListAsync());
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_message_that_comes_after_the_end_of_its_run_is_dropped()
    {
        PlannedRun run = SmallExperiment.Run("queue", 1, 1);
        var request = new RunRequest(SmallExperiment.Document(SmallExperiment.Spec("queue")), run);
        QueueRun sent = await _app.EnqueueTasks(request);
        await _trigger.DrainAsync();
        Assert.True((await _app.CollectQueueResults(new CollectRequest(request.Document, run, sent))).IsComplete);
        QueuedTask task = new(request.Order() with { BeganTicks = 17 }, 0, 17);

        await _trigger.Function.RunAsync(QueuedTaskMessage.Write(task), new Invocation(1), default);

        Assert.Empty(await ReadAsync(run.RunId, 17).ToListAsync());
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_message_that_is_no_task_goes_to_the_poison_queue()
    {
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => _trigger.Function.RunAsync("hello", new Invocation(1), default));

        Assert.Contains("poison", error.Message);
    }

    private async IAsyncEnumerable<TaskAttempt> ReadAsync(string runId, long began)
    {
        var results = new StorageTaskResults(_account);
        await foreach (TaskAttempt attempt in results.ReadAsync(SmallExperiment.Id, runId, began, 0, 1_000))
            yield return attempt;
    }

    private static QueuedTask NewTask(string kind, long size, long now, TimeSpan? timeout = null)
    {
        RunOrder order = SmallExperiment.Order("queue", 1, 2, kind, size) with { BeganTicks = now };
        return new QueuedTask(timeout is { } limit ? order with { TaskTimeout = limit } : order, 0, now);
    }
}
