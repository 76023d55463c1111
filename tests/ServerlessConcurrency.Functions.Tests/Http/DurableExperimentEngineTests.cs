using System.Text.Json;
using Grpc.Core;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Tests.FanOut;
using ServerlessConcurrency.Durable.Tests.InMemory;
using ServerlessConcurrency.Durable.Tests.Orchestration;
using ServerlessConcurrency.Functions.Http;
using ServerlessConcurrency.Functions.Tests.InMemory;

namespace ServerlessConcurrency.Functions.Tests.Http;

public sealed class DurableExperimentEngineTests
{
    [Fact(Timeout = TestApp.Guard)]
    public async Task An_experiment_is_seen_to_run_and_to_end()
    {
        using var gate = new ManualResetEventSlim();
        await using var app = new FunctionsApp();
        _ = new ScriptedRuns(app) { Before = (_, number) => gate.Wait(number == 3 ? 60_000 : 0) };
        ExperimentDocument pending = await StartAsync(app, SmallExperiment.Spec("sequential", "threads"));
        DurableExperimentEngine engine = app.Engine();

        await UntilAsync(async () => (await engine.ObserveAsync(pending, default)).Progress is { RunsDone: 2, CurrentRun: not null });
        var running = (ExperimentDocument)await engine.ObserveAsync(pending, default);
        Assert.Equal((ExperimentStatus.Running, 6), (running.Status, running.Progress.RunsTotal));
        Assert.StartsWith("round 1: primes 50 ", running.Progress.CurrentRun, StringComparison.Ordinal);

        gate.Set();
        await app.EndAsync(SmallExperiment.Id, OrchestrationRuntimeStatus.Completed);
        var ended = (ExperimentDocument)await engine.ObserveAsync(pending, default);
        Assert.Equal((ExperimentStatus.Completed, 4), (ended.Status, ended.Runs.Count));
        Assert.Same(ended, await engine.ObserveAsync(ended, default));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task An_experiment_whose_start_seems_to_fail_has_started_where_its_orchestration_is_there()
    {
        await using var app = new FunctionsApp();
        _ = new ScriptedRuns(app);
        await app.StartAsync();
        ExperimentDocument pending = SmallExperiment.Document(SmallExperiment.Spec("sequential"), ExperimentStatus.Pending);
        await app.Store.SaveAsync(pending);

        await Assert.ThrowsAsync<RpcException>(() => Engine(static _ => throw Lost()).StartAsync(pending, default));
        await Engine(static async schedule =>
        {
            await schedule();
            throw Lost();
        }).StartAsync(pending, default);

        await app.EndAsync(SmallExperiment.Id, OrchestrationRuntimeStatus.Completed);

        DurableExperimentEngine Engine(Func<Func<Task<string>>, Task<string>> schedule) =>
            new(new LateClient(app.Client) { Schedule = schedule }, app.Store, app.Results, new FanOutOptions());

        static RpcException Lost() => new(new Status(StatusCode.Unknown, "the answer was lost"));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_fan_out_that_has_told_nothing_yet_does_not_hide_how_far_the_experiment_is()
    {
        await using var app = new FunctionsApp();
        await app.StartAsync();
        ExperimentDocument pending = SmallExperiment.Document(SmallExperiment.Spec("durable"));
        var progress = new ExperimentProgress(3, 8, "round 2: primes 50 durable") { CurrentRunId = "r0002-001" };

        MeasurementDocument running = await new DurableExperimentEngine(
            new LateClient(app.Client, Running(JsonSerializer.Serialize(progress)), Running("null")), app.Store, app.Results, new FanOutOptions()).ObserveAsync(pending, default);

        Assert.Equal((ExperimentStatus.Running, progress), (running.Status, running.Progress));

        static OrchestrationMetadata Running(string customStatus) => new("any", "any")
        {
            RuntimeStatus = OrchestrationRuntimeStatus.Running,
            DataConverter = JsonDataConverter.Default,
            SerializedCustomStatus = customStatus,
        };
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task Cancelling_keeps_what_was_measured_and_what_ends_later_does_not_bring_it_back()
    {
        using var gate = new ManualResetEventSlim();
        await using var app = new FunctionsApp();
        var scripted = new ScriptedRuns(app) { Before = (_, number) => gate.Wait(number == 6 ? 60_000 : 0) };
        ExperimentDocument pending = await StartAsync(app, SmallExperiment.Spec("sequential", "threads") with { WarmupRounds = 0, Rounds = 5 });
        DurableExperimentEngine engine = app.Engine();
        await Eventually.True(() => scripted.Runs.Count == 5, "five runs are done");

        await engine.CancelAsync(pending, default);

        var cancelled = (ExperimentDocument)(await app.Store.FindAsync(SmallExperiment.Id))!;
        Assert.Equal((ExperimentStatus.Cancelled, null), (cancelled.Status, cancelled.Error));
        Assert.Equal(scripted.Runs.Select(run => run.RunId), cancelled.Runs.Select(run => run.RunId));
        Assert.Equal(new ExperimentProgress(5, 10, null), cancelled.Progress);
        Assert.NotNull(cancelled.FinishedAt);
        Assert.Contains("report.html", app.Memory.Files());
        gate.Set();
        await Eventually.True(() => scripted.Runs.Count == 6, "the run that was under way has ended");
        await Eventually.True(() => app.Memory.Rows(scripted.Runs[5].RunId).Count == 6, "its rows are stored");
        Assert.Equal(ExperimentStatus.Cancelled, (await app.Store.FindAsync(SmallExperiment.Id))!.Status);
        await app.EndAsync(SmallExperiment.Id, OrchestrationRuntimeStatus.Terminated);
        await engine.CancelAsync(pending, default);
        Assert.Equal(cancelled.FinishedAt, (await app.Store.FindAsync(SmallExperiment.Id))!.FinishedAt);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task Cancelling_loses_no_round_that_ends_while_it_is_cancelled()
    {
        await using var app = new FunctionsApp();
        var scripted = new ScriptedRuns(app);
        ExperimentDocument pending = await StartAsync(app, SmallExperiment.Spec("sequential") with { WarmupRounds = 0, Rounds = 1_000 });
        await Eventually.True(() => scripted.Runs.Count > 5, "some rounds are done");
        OrchestrationMetadata? early = await app.Client.GetInstanceAsync(SmallExperiment.Id, getInputsAndOutputs: true);
        int seen = scripted.Runs.Count;
        await Eventually.True(() => scripted.Runs.Count > seen + 5, "more rounds are done");

        await LateEngine(app, early!).CancelAsync(pending, default);

        var cancelled = (ExperimentDocument)(await app.Store.FindAsync(SmallExperiment.Id))!;
        Assert.Equal(ExperimentStatus.Cancelled, cancelled.Status);
        // One may have ended after the others were read.
        Assert.InRange(scripted.Runs.Count - cancelled.Runs.Count, 0, 1);
        Assert.InRange(cancelled.Progress.RunsDone, cancelled.Runs.Count - 1, cancelled.Runs.Count);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_termination_that_the_task_hub_loses_is_sent_again()
    {
        using var gate = new ManualResetEventSlim();
        await using var app = new FunctionsApp();
        var scripted = new ScriptedRuns(app) { Before = (_, number) => gate.Wait(number == 2 ? 60_000 : 0) };
        ExperimentDocument pending = await StartAsync(app, SmallExperiment.Spec("sequential") with { WarmupRounds = 0, Rounds = 5 });
        await Eventually.True(() => scripted.Runs.Count == 1, "a run is done");
        OrchestrationMetadata? early = await app.Client.GetInstanceAsync(SmallExperiment.Id, getInputsAndOutputs: true);

        await LateEngine(app, early!, terminationsLost: 1).CancelAsync(pending, default);

        await app.EndAsync(SmallExperiment.Id, OrchestrationRuntimeStatus.Terminated);
        var cancelled = (ExperimentDocument)(await app.Store.FindAsync(SmallExperiment.Id))!;
        Assert.Equal((ExperimentStatus.Cancelled, 1), (cancelled.Status, cancelled.Runs.Count));
        gate.Set();
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task An_experiment_that_ends_while_it_is_cancelled_has_ended()
    {
        using var gate = new ManualResetEventSlim();
        await using var app = new FunctionsApp();
        var scripted = new ScriptedRuns(app) { Before = (_, number) => gate.Wait(number == 2 ? 60_000 : 0) };
        ExperimentDocument pending = await StartAsync(app, SmallExperiment.Spec("sequential") with { WarmupRounds = 0 });
        await Eventually.True(() => scripted.Runs.Count == 1, "a run is done");
        OrchestrationMetadata? early = await app.Client.GetInstanceAsync(SmallExperiment.Id, getInputsAndOutputs: true);
        gate.Set();
        await app.EndAsync(SmallExperiment.Id, OrchestrationRuntimeStatus.Completed);

        await LateEngine(app, early!).CancelAsync(pending, default);

        var ended = (ExperimentDocument)(await app.Store.FindAsync(SmallExperiment.Id))!;
        Assert.Equal((ExperimentStatus.Completed, 2), (ended.Status, ended.Runs.Count));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task Termination_in_mid_run_leaves_nothing_running()
    {
        using var gate = new SemaphoreSlim(0);
        var tasks = new ScriptedTasks { Before = _ => gate.WaitAsync() };
        await using var app = new FunctionsApp { ExecuteTask = tasks.ExecuteAsync };
        ExperimentDocument pending = await StartAsync(
            app, SmallExperiment.Spec("durable") with { Degree = 3, Workloads = [new("primes", 50, 20)], WarmupRounds = 0 });
        gate.Release(4);
        await Eventually.True(() => tasks.Begun == 7, "four are done and three in flight");

        await app.Engine().CancelAsync(pending, default);
        gate.Release(100);

        string part = Assert.Single(await PartsAsync(app)).InstanceId;
        await app.EndAsync(part, OrchestrationRuntimeStatus.Terminated);
        await app.EndAsync(SmallExperiment.Id, OrchestrationRuntimeStatus.Terminated);
        // An orchestration begun after these took its turn behind everything that was left of them.
        await app.Client.ScheduleNewOrchestrationInstanceAsync("no-such-orchestration", new Microsoft.DurableTask.StartOrchestrationOptions("last"));
        await app.EndAsync("last", OrchestrationRuntimeStatus.Failed);
        Assert.Equal((7, 0), (tasks.Begun, app.Memory.RowsWritten));
        Assert.Equal(ExperimentStatus.Cancelled, (await app.Store.FindAsync(SmallExperiment.Id))!.Status);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task Forgetting_ends_an_experiment_and_removes_its_orchestrations()
    {
        using var gate = new SemaphoreSlim(0);
        var tasks = new ScriptedTasks { Before = request => request.FirstTask < 4 ? Task.CompletedTask : gate.WaitAsync() };
        await using var app = new FunctionsApp { ExecuteTask = tasks.ExecuteAsync };
        ExperimentDocument pending = await StartAsync(app, SmallExperiment.Spec("durable") with { WarmupRounds = 0 });
        await Eventually.True(() => tasks.Begun == 6, "the fan-out waits for its last two tasks");
        Assert.Single(await PartsAsync(app));

        await app.Engine().ForgetAsync(pending, default);

        Assert.Null(await app.Client.GetInstanceAsync(SmallExperiment.Id));
        Assert.Empty(await PartsAsync(app));
        await app.Engine().ForgetAsync(pending, default);
        gate.Release(100);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task An_experiment_that_the_task_hub_does_not_know_is_failed_unless_it_was_just_started()
    {
        await using var app = new FunctionsApp();
        await app.StartAsync();
        ExperimentDocument young = SmallExperiment.Document(SmallExperiment.Spec("sequential"), ExperimentStatus.Pending);

        Assert.Same(young, await app.Engine().ObserveAsync(young, default));
        ExperimentDocument old = young with { StartedAt = DateTimeOffset.UtcNow.AddMinutes(-5) };
        Assert.Same(old, await app.Engine().ObserveAsync(old, default));
        Assert.Null(await app.Store.FindAsync(SmallExperiment.Id));
        await app.Store.SaveAsync(old);
        MeasurementDocument failed = await app.Engine().ObserveAsync(old, default);

        Assert.Equal(ExperimentStatus.Failed, failed.Status);
        Assert.Contains("task hub", failed.Error);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task An_experiment_whose_orchestration_is_gone_keeps_what_was_measured()
    {
        using var gate = new ManualResetEventSlim();
        await using var app = new FunctionsApp();
        var scripted = new ScriptedRuns(app) { Before = (_, number) => gate.Wait(number == 4 ? 60_000 : 0) };
        await StartAsync(app, SmallExperiment.Spec("sequential", "threads") with { WarmupRounds = 0 });
        await Eventually.True(() => scripted.Runs.Count == 3, "three runs are done");
        var stored = (ExperimentDocument)(await app.Store.FindAsync(SmallExperiment.Id))!;
        await app.Store.SaveAsync(stored = stored with { StartedAt = DateTimeOffset.UtcNow.AddMinutes(-5) });
        await app.Client.TerminateInstanceAsync(SmallExperiment.Id);
        await app.EndAsync(SmallExperiment.Id, OrchestrationRuntimeStatus.Terminated);
        // With another task hub: the one in memory takes up again what is purged just as it ends.
        await using var other = new FunctionsApp();
        await other.StartAsync();

        var seen = (ExperimentDocument)await new DurableExperimentEngine(other.Client, app.Store, app.Results, new FanOutOptions()).ObserveAsync(stored, default);

        gate.Set();
        Assert.Equal((ExperimentStatus.Failed, 3), (seen.Status, seen.Runs.Count));
        Assert.Contains("task hub", seen.Error);
        Assert.NotNull(seen.FinishedAt);
        Assert.Equal(ExperimentStatus.Failed, (await app.Store.FindAsync(SmallExperiment.Id))!.Status);
        Assert.Contains("report.html", app.Memory.Files());
    }

    [Theory(Timeout = TestApp.Guard)]
    [InlineData("""{ "RunsDone": "2 of 3" }""")]
    [InlineData("""{ "done": 2 }""")]
    public async Task What_another_version_of_the_app_left_in_an_orchestration_hides_nothing_that_was_measured(string status)
    {
        await using var app = new FunctionsApp();
        _ = new ScriptedRuns(app);
        app.AnalyzeExperiment = _ => throw new StorageUnavailableException("the storage does not answer");
        ExperimentDocument pending = await StartAsync(app, SmallExperiment.Spec("sequential"));
        await app.EndAsync(SmallExperiment.Id, OrchestrationRuntimeStatus.Failed);

        MeasurementDocument running = await ObserveAsync(OrchestrationRuntimeStatus.Running);
        Assert.Equal((ExperimentStatus.Running, pending.Progress), (running.Status, running.Progress));
        var ended = (ExperimentDocument)await ObserveAsync(OrchestrationRuntimeStatus.Failed);
        Assert.Equal((ExperimentStatus.Failed, 2), (ended.Status, ended.Runs.Count));
        Assert.Equal("the orchestration failed: NonDeterministicOrchestrationException: a change was made", ended.Error);

        Task<MeasurementDocument> ObserveAsync(OrchestrationRuntimeStatus runtimeStatus) => LateEngine(app, new OrchestrationMetadata("any", "any")
        {
            RuntimeStatus = runtimeStatus,
            DataConverter = JsonDataConverter.Default,
            SerializedInput = """{ "Experiment": {} }""",
            SerializedCustomStatus = status,
            SerializedOutput = "NonDeterministicOrchestrationException: a change was made\r\n   at Somewhere",
        }).ObserveAsync(pending, default);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task An_experiment_that_never_began_can_be_cancelled()
    {
        await using var app = new FunctionsApp();
        await app.StartAsync();
        ExperimentDocument pending = SmallExperiment.Document(SmallExperiment.Spec("sequential"), ExperimentStatus.Pending);
        await app.Store.SaveAsync(pending);

        await app.Engine().CancelAsync(pending, default);

        var cancelled = (ExperimentDocument)(await app.Store.FindAsync(SmallExperiment.Id))!;
        Assert.Equal(ExperimentStatus.Cancelled, cancelled.Status);
        Assert.NotNull(cancelled.FinishedAt);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task An_orchestration_that_could_not_store_its_outcome_is_concluded_when_somebody_looks()
    {
        await using var app = new FunctionsApp();
        _ = new ScriptedRuns(app);
        app.AnalyzeExperiment = _ => throw new StorageUnavailableException("the storage does not answer");
        ExperimentDocument pending = await StartAsync(app, SmallExperiment.Spec("sequential"));
        await app.EndAsync(SmallExperiment.Id, OrchestrationRuntimeStatus.Failed);

        var ended = (ExperimentDocument)await app.Engine().ObserveAsync(pending, default);

        Assert.Equal((ExperimentStatus.Failed, 2), (ended.Status, ended.Runs.Count));
        Assert.Contains("the storage does not answer", ended.Error);
        Assert.Equal(ended.Status, (await app.Store.FindAsync(SmallExperiment.Id))!.Status);
    }

    private static DurableExperimentEngine LateEngine(FunctionsApp app, OrchestrationMetadata early, int terminationsLost = 0) =>
        new(new LateClient(app.Client, early) { TerminationsLost = terminationsLost }, app.Store, app.Results, new FanOutOptions());

    private static async Task<ExperimentDocument> StartAsync(FunctionsApp app, ExperimentSpec spec)
    {
        ExperimentDocument pending = SmallExperiment.Document(spec, ExperimentStatus.Pending);
        await app.Store.SaveAsync(pending);
        await app.StartAsync();
        await app.Engine().StartAsync(pending, default);
        return pending;
    }

    private static async Task<IReadOnlyList<OrchestrationMetadata>> PartsAsync(FunctionsApp app) => await app.Client
        .GetAllInstancesAsync(new OrchestrationQuery { InstanceIdPrefix = $"{SmallExperiment.Id}:" })
        .ToListAsync();

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(60_000);
        while (!await condition())
            await Task.Delay(10, patience.Token);
    }
}
