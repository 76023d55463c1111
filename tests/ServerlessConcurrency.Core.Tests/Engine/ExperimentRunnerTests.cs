using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.OwnCode;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Engine;

public sealed class ExperimentRunnerTests
{
    private static readonly string[] EveryModel = [.. BuiltInModels.Create().Select(model => model.Id)];

    [Fact]
    public async Task Every_task_of_every_measured_run_is_a_row_and_the_warm_up_leaves_none()
    {
        var sink = new RecordingSink();
        ExperimentSpec spec = Experiment.Spec(EveryModel) with
        {
            Workloads = [new WorkloadSpec("primes", 500, 6), new WorkloadSpec("delay", 1, 3)],
            WarmupRounds = 2,
        };

        ExperimentOutcome outcome = await Experiment.RunAsync(spec, [sink]);

        Assert.Null(outcome.Failure);
        Assert.Equal(ExperimentStatus.Completed, outcome.Document.Status);
        Assert.Equal(3 * EveryModel.Length * 2, sink.Runs.Count);
        Assert.Equal(3 * EveryModel.Length * (6 + 3), sink.Runs.Sum(run => run.Timings.Count));
        Assert.All(sink.Runs, run => Assert.StartsWith("r", run.Run.RunId, StringComparison.Ordinal));
        Assert.All(outcome.Document.Runs, run => Assert.True(run.IsValid, run.Error));
        Assert.Equal(sink.Runs.Select(run => run.Run), outcome.Document.Runs);
        Assert.Equal(["begin", .. Enumerable.Repeat("append", sink.Runs.Count), "end"], sink.Calls);
        Assert.Same(outcome.Document, sink.Ended);
    }

    [Fact]
    public async Task All_models_agree_on_the_checksum_of_a_workload_and_are_analysed()
    {
        ExperimentOutcome outcome = await Experiment.RunAsync(Experiment.Spec(EveryModel));

        Assert.Single(outcome.Document.Runs.Select(run => run.Checksum).Distinct());
        Assert.Equal(EveryModel.Order(), outcome.Document.Analysis.Select(model => model.Model).Order());
        Assert.All(outcome.Document.Analysis, model => Assert.Equal(3, model.Rounds));
        Assert.Equal("primes", Assert.Single(outcome.Document.Recommendation).Workload);
        Assert.Contains(outcome.Document.Findings, finding => finding.Code == "too-few-rounds");
    }

    [Fact]
    public async Task A_run_with_other_checksums_than_the_baseline_is_invalid_and_averaged_in_nowhere()
    {
        var liar = new ScriptedModel("liar", (run, index, checksum) => index < 2 ? checksum + 1 : checksum);

        ExperimentOutcome outcome = await Experiment.RunAsync(Experiment.Spec("sequential", "liar", "threads"), models: [liar]);

        Assert.Equal(ExperimentStatus.Completed, outcome.Document.Status);
        Assert.All(outcome.Document.Runs, run =>
        {
            Assert.Equal(run.Model == "liar" ? 2 : 0, run.Failed);
            Assert.Equal(run.Model == "liar" ? "2 of 6 checksums differ from the baseline's" : null, run.Error);
        });
        Assert.Equal(["sequential", "threads"], outcome.Document.Analysis.Select(model => model.Model).Order());
        Assert.Contains("liar", Assert.Single(outcome.Document.Findings, finding => finding.Code == "checksum-mismatch").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sequential_is_the_baseline_however_late_in_the_round_it_comes()
    {
        var sink = new RecordingSink();
        // Without a warm-up, and with a seed for which the wrong one runs first: nothing can be compared until sequential has run.
        ExperimentSpec spec = Experiment.Spec("sequential", "liar") with { WarmupRounds = 0, Seed = SeedWithFirst("liar") };
        var liar = new ScriptedModel("liar", (_, _, checksum) => checksum + 1);

        ExperimentOutcome outcome = await Experiment.RunAsync(spec, [sink], [liar]);

        Assert.Equal("liar", outcome.Document.Runs[0].Model);
        Assert.True(sink.Runs[0].Run.IsValid);
        Assert.All(outcome.Document.Runs, run => Assert.Equal(run.Model == "sequential", run.IsValid));
    }

    [Fact]
    public async Task Without_sequential_the_first_complete_run_is_what_the_others_are_compared_with()
    {
        int runs = 0;
        var fickle = new ScriptedModel("fickle", (_, index, checksum) => index == 0 && ++runs == 3 ? checksum + 1 : checksum);

        ExperimentOutcome outcome = await Experiment.RunAsync(Experiment.Spec("fickle"), models: [fickle]);

        Assert.Equal([true, false, true], outcome.Document.Runs.Select(run => run.IsValid));
        Assert.Contains(outcome.Document.Findings, finding => finding.Code == "no-baseline");
    }

    [Fact]
    public async Task A_run_in_which_a_task_failed_is_kept_as_such()
    {
        var broken = new ScriptedModel("broken", (run, index, checksum) => index == 4 ? null : checksum);

        ExperimentOutcome outcome = await Experiment.RunAsync(Experiment.Spec("sequential", "broken"), models: [broken]);

        Assert.Equal(ExperimentStatus.Completed, outcome.Document.Status);
        Assert.All(outcome.Document.Runs.Where(run => run.Model == "broken"), run => Assert.Equal((1, "as the test wants"), (run.Failed, run.Error)));
        Assert.DoesNotContain(outcome.Document.Analysis, model => model.Model == "broken");
    }

    [Fact]
    public async Task Cancelling_keeps_every_finished_run()
    {
        using var cancellation = new CancellationTokenSource();
        var sink = new RecordingSink();
        var model = new ScriptedModel("model", (run, index, checksum) =>
        {
            // In the middle of the third measured run: the fourth, warm-up included.
            if (sink.Runs.Count == 2 && index == 3)
                cancellation.Cancel();
            return checksum;
        });

        ExperimentOutcome outcome = await Experiment.RunAsync(
            Experiment.Spec("model") with { Workloads = [new WorkloadSpec("primes", 100_000, 6)] },
            [sink],
            [model],
            cancellationToken: cancellation.Token);

        Assert.Null(outcome.Failure);
        Assert.Equal(ExperimentStatus.Cancelled, outcome.Document.Status);
        Assert.Equal(2, outcome.Document.Runs.Count);
        Assert.Equal(2, Assert.Single(outcome.Document.Analysis).Rounds);
        Assert.Equal(["begin", "append", "append", "end"], sink.Calls);
        Assert.Equal(ExperimentStatus.Cancelled, sink.Ended.Status);
        Assert.Equal(new ExperimentProgress(3, 4, null), outcome.Document.Progress with { MeasuredMs = 0 });
        Assert.NotNull(outcome.Document.FinishedAt);
    }

    [Theory]
    // What was measured before counts, and a round that was begun is completed.
    [InlineData(1, 1_500_000, 3)]
    [InlineData(300_000, 1, 5)]
    // Documents of earlier versions do not tell it, and hostile ones lie.
    [InlineData(300_000, 0, 3)]
    [InlineData(1, 0, 5)]
    [InlineData(1, -1e300, 5)]
    [InlineData(1, 1e300, 5)]
    [InlineData(1, double.NaN, 5)]
    public async Task A_time_budget_goes_on_where_it_was_interrupted(double wallMsOfRun, double measuredMs, int rounds)
    {
        ExperimentSpec spec = Experiment.Spec("sequential", "event-loop") with { Rounds = 2, Precision = 0.000_001, MaxRounds = 5, TimeBudgetSeconds = 1_000 };
        var sink = new RecordingSink();
        ExperimentOutcome whole = await Experiment.RunAsync(spec, [sink]);
        RunTimings[] left = [.. sink.Runs.Take(5).Select(run => run with { Run = run.Run with { WallMs = wallMsOfRun } })];
        ExperimentDocument interrupted = whole.Document with
        {
            Status = ExperimentStatus.Failed,
            Runs = [.. left.Select(run => run.Run)],
            Progress = whole.Document.Progress with { MeasuredMs = measuredMs },
        };
        await using var models = new ModelCatalog(BuiltInModels.Create());
        var runner = new ExperimentRunner(Experiment.Workloads, models, [], TimeProvider.System);

        ExperimentOutcome resumed = await runner.RunAsync(
            interrupted.Id, spec, interrupted.Environment, progress: null, CancellationToken.None, new InterruptedExperiment(interrupted, left.ToAsyncEnumerable(), static () => { }));

        Assert.Equal((ExperimentStatus.Completed, null), (resumed.Document.Status, resumed.Failure));
        Assert.Equal(Enumerable.Range(1, rounds).SelectMany(round => new[] { round, round }), resumed.Document.Runs.Select(run => run.Round));
    }

    [Fact]
    public async Task A_cancelled_run_whose_tasks_failed_of_the_cancellation_is_no_measurement()
    {
        using var cancellation = new CancellationTokenSource();
        var model = new ScriptedModel("model", (run, index, checksum) =>
        {
            cancellation.Cancel();
            return null;
        });

        ExperimentOutcome outcome = await Experiment.RunAsync(
            Experiment.Spec("model") with { Workloads = [new WorkloadSpec("primes", 1, 1)], WarmupRounds = 0 },
            models: [model],
            cancellationToken: cancellation.Token);

        Assert.Equal(ExperimentStatus.Cancelled, outcome.Document.Status);
        Assert.Empty(outcome.Document.Runs);
    }

    [Theory]
    [InlineData("sequential")]
    [InlineData("threads")]
    [InlineData("async")]
    public async Task A_storage_that_tasks_waited_for_in_vain_ends_the_experiment_with_what_was_measured(string model)
    {
        var sink = new RecordingSink();
        await using var models = new ModelCatalog([.. BuiltInModels.Create()]);
        var runner = new ExperimentRunner(new WorkloadCatalog([new AwayWorkload()]), models, [sink], TimeProvider.System);
        ExperimentSpec spec = Experiment.Spec(model) with { Workloads = [new WorkloadSpec("away", 1, 6)], WarmupRounds = 0 };

        ExperimentOutcome outcome = await Experiment.RunAsync(runner, spec);

        Assert.IsType<StorageUnavailableException>(outcome.Failure);
        Assert.Equal((ExperimentStatus.Failed, "it is away"), (sink.Ended.Status, sink.Ended.Error));
        Assert.Equal(6, Assert.Single(sink.Ended.Runs).Failed);
    }

    [Fact]
    public async Task A_model_that_breaks_down_ends_the_experiment_as_failed()
    {
        var sink = new RecordingSink();
        var model = new ScriptedModel("model", (run, _, checksum) =>
            run.Order.RunId == "r0002-001" ? throw new InvalidOperationException("no more processes") : checksum);

        ExperimentOutcome outcome = await Experiment.RunAsync(Experiment.Spec("model"), [sink], [model]);

        Assert.IsType<InvalidOperationException>(outcome.Failure);
        Assert.Equal((ExperimentStatus.Failed, "no more processes"), (sink.Ended.Status, sink.Ended.Error));
        Assert.Single(sink.Ended.Runs);
    }

    [Fact]
    public async Task Processes_that_users_code_brings_down_fail_their_run_and_no_other()
    {
        string own = EarlierVersion.NameOf("primes");
        var workloads = new WorkloadCatalog([.. Experiment.Workloads.All, new EarlierVersion(Experiment.Workloads.Get("primes"))]);
        await using var models = new ModelCatalog([new ScriptedModel("model", (run, index, checksum) =>
            run.Order.RunId == "r0002-001" && index == 4 ? throw new ProcessesLostException("13 processes died") : checksum)]);
        var runner = new ExperimentRunner(workloads, models, [], TimeProvider.System);
        ExperimentSpec spec = Experiment.Spec("model");

        ExperimentOutcome ofUsers = await Experiment.RunAsync(runner, spec with { Workloads = [new WorkloadSpec(own, 500, 6)] });
        ExperimentOutcome builtIn = await Experiment.RunAsync(runner, spec);

        Assert.Null(ofUsers.Failure);
        Assert.Equal([(true, 0), (false, 2), (true, 0)], ofUsers.Document.Runs.Select(run => (run.IsValid, run.Failed)));
        Assert.Equal("13 processes died", ofUsers.Document.Runs[1].Error);
        Assert.IsType<ProcessesLostException>(builtIn.Failure);
    }

    [Fact]
    public async Task A_runner_can_be_used_again()
    {
        var sink = new RecordingSink();
        await using var models = new ModelCatalog(BuiltInModels.Create());
        var runner = new ExperimentRunner(Experiment.Workloads, models, [sink], TimeProvider.System);

        await Experiment.RunAsync(runner, Experiment.Spec("sequential"));
        ExperimentOutcome second = await Experiment.RunAsync(runner, Experiment.Spec("threads"));

        Assert.Equal(["threads"], second.Document.Runs.Select(run => run.Model).Distinct());
        Assert.Equal(3, second.Document.Runs.Count);
    }

    [Fact]
    public async Task Progress_is_told_before_and_after_every_run_and_while_it_is_stored()
    {
        var progress = new List<ExperimentProgress>();

        await Experiment.RunAsync(
            Experiment.Spec("sequential") with { Rounds = 1 }, progress: new SynchronousProgress(progress.Add));

        Assert.Equal(
            [
                new(0, 2, "warm-up round 1: primes 500 sequential"),
                new(1, 2, null),
                new(1, 2, "round 1: primes 500 sequential"),
                new(2, 2, null),
                new(2, 2, "storing 6 timings"),
            ],
            progress.Select(told => told with { MeasuredMs = 0 }));
    }

    [Fact]
    public async Task Rounds_are_added_until_the_precision_is_reached()
    {
        // No two wall times agree to a millionth of a per cent, and most are within 100 % of the median.
        ExperimentSpec spec = Experiment.Spec("sequential") with { Precision = 1e-8, MaxRounds = 9 };

        ExperimentOutcome never = await Experiment.RunAsync(spec);
        ExperimentOutcome soon = await Experiment.RunAsync(spec with
        {
            Workloads = [new WorkloadSpec("delay", 20, 1)],
            Precision = 1,
            MaxRounds = 30,
        });

        Assert.Equal(9, never.Document.Runs.Count);
        Assert.Equal(new ExperimentProgress(10, 10, null), never.Document.Progress with { MeasuredMs = 0 });
        Assert.Contains(never.Document.Findings, finding => finding.Code == "precision-not-reached");
        Assert.InRange(soon.Document.Runs.Count, MedianInterval.SmallestSample, 29);
        Assert.DoesNotContain(soon.Document.Findings, finding => finding.Code == "precision-not-reached");
    }

    [Theory]
    [InlineData(20, 6)]
    [InlineData(10, 40)]
    public async Task Rounds_are_added_until_the_recommendation_is_decided(double seconds, int rounds)
    {
        // By this clock one model takes 10 s, more or less, and the other the given time, more or less.
        var clock = new SteppingClock();
        var random = new Random(1);
        ScriptedModel Taking(string id, double seconds) => new(id, (_, index, checksum) =>
        {
            clock.Advance(index == 0 ? TimeSpan.FromSeconds(seconds * (0.8 + (0.4 * random.NextDouble()))) : TimeSpan.Zero);
            return checksum;
        });
        ExperimentSpec spec = Experiment.Spec("one", "other") with { Rounds = 6, UntilDecided = true, MaxRounds = 40, TimeBudgetSeconds = 3_600 };
        var told = new List<string?>();

        ExperimentOutcome outcome = await Experiment.RunAsync(
            spec,
            models: [Taking("one", 10), Taking("other", seconds)],
            clock: clock,
            progress: new SynchronousProgress(progress => told.Add(progress.WaitsFor)));

        Assert.Equal(2 * rounds, outcome.Document.Runs.Count);
        Assert.Equal(rounds == 6, Assert.Single(outcome.Document.Recommendation).IsDecided);
        Assert.Equal(rounds > 6, told.Exists(what => what is "primes 500: one or other" or "primes 500: other or one"));
    }

    [Fact]
    public async Task No_round_begins_after_the_time_budget()
    {
        // A clock by which every run takes 10 s.
        var clock = new SteppingClock();
        var model = new ScriptedModel("model", (_, index, checksum) =>
        {
            clock.Advance(index == 0 ? TimeSpan.FromSeconds(10) : TimeSpan.Zero);
            return checksum;
        });
        ExperimentSpec spec = Experiment.Spec("model") with { Rounds = 20, Precision = 0.01, TimeBudgetSeconds = 45 };

        ExperimentOutcome outcome = await Experiment.RunAsync(spec, models: [model], clock: clock);

        Assert.Equal(ExperimentStatus.Completed, outcome.Document.Status);
        Assert.Equal(5, outcome.Document.Runs.Count);
        Assert.Equal(new ExperimentProgress(6, 6, null) { MeasuredMs = 50_000 }, outcome.Document.Progress);
    }

    [Fact]
    public async Task At_least_one_round_is_measured_however_small_the_budget()
    {
        ExperimentSpec spec = Experiment.Spec("sequential") with { Precision = 0.01, TimeBudgetSeconds = 1e-9 };

        Assert.Single((await Experiment.RunAsync(spec)).Document.Runs);
    }

    [Fact]
    public async Task A_run_tells_what_it_used()
    {
        ExperimentOutcome outcome = await Experiment.RunAsync(Experiment.Spec("threads") with
        {
            Workloads = [new WorkloadSpec("primes", 100_000, 8)],
            Rounds = 1,
            Degree = 2,
        });

        RunResult run = Assert.Single(outcome.Document.Runs);
        Assert.Equal((8, 2, 1), (run.Tasks, run.Degree, run.Hosts));
        Assert.InRange(run.Threads, 1, 2);
        Assert.True(run.WallMs > 0);
        Assert.True(run.CpuMs > 0);
        Assert.True(run.PeakRssBytes > 0);
        Assert.Equal(!OperatingSystem.IsWindows(), run.ContextSwitches is not null);
    }

    private static long SeedWithFirst(string model)
    {
        var workloads = new WorkloadCatalog(BuiltInWorkloads.Create(new WorkloadEnvironment()));
        var models = new ModelCatalog([new SequentialModel(), new ScriptedModel(model, (_, _, checksum) => checksum)]);
        return Enumerable.Range(0, 100).First(seed => new ExperimentPlan(
            Experiment.Spec("sequential", model) with { Seed = seed }, workloads, [.. models.All.Select(known => known.Traits)], processors: 2).MeasuredRound(1)[0].Model == model);
    }

    private sealed class SynchronousProgress(Action<ExperimentProgress> report) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value) => report(value);
    }

    private sealed class SteppingClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }

    private sealed class AwayWorkload : Workload
    {
        public override string Kind => "away";

        public override WorkloadNature Nature => WorkloadNature.IoBound;

        public override string SizeUnit => "KiB";

        public override long MaxSize => 1;

        public override ulong Execute(TaskInput task, Execution execution) => throw new StorageUnavailableException("it is away");

        public override ValueTask<ulong> ExecuteAsync(TaskInput task, Execution execution) => throw new StorageUnavailableException("it is away");
    }
}
