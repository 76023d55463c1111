using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Tests.Engine;

public sealed class PilotTests
{
    private const double MinRunMs = 20;

    private readonly SteppedClock _clock = new();
    private int _executions;

    [Theory]
    [InlineData(100.0, 1)]
    [InlineData(20.0, 1)]
    [InlineData(19.9, 2)]
    [InlineData(10.0, 2)]
    [InlineData(7.0, 4)]
    [InlineData(0.05, 512)]
    [InlineData(0.02, 1_000)]
    [InlineData(0.000_7, 1_000)]
    [InlineData(0.0, 1_000)]
    public async Task A_run_is_repeated_until_all_repetitions_take_long_enough(double wallMs, int expected)
    {
        IReadOnlyList<RunResult> runs = await MeasureAsync(_ => wallMs);

        // One number for all rounds, since it was found before them.
        Assert.All(runs, run => Assert.Equal(expected, run.Repeats));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_model_that_is_slow_only_at_its_first_call_is_repeated_often_enough(int warmupRounds)
    {
        IReadOnlyList<RunResult> runs = await MeasureAsync(execution => execution == 0 ? 30 : 0.05, warmupRounds);

        Assert.All(runs, run => Assert.Equal((512, 0.05), (run.Repeats, Math.Round(run.WallMs, 9))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_model_whose_speed_settles_in_mid_measurement_is_carried_on_and_repeated_more_often_from_then_on(int warmupRounds)
    {
        IReadOnlyList<RunResult> runs = await MeasureAsync(execution => execution < 14 ? 5 : 0.05, warmupRounds);

        Assert.All(runs, run => Assert.True(run.Repeats * run.WallMs >= MinRunMs - 1e-9, run.ToString()));
        Assert.Equal(512, runs[^1].Repeats);
        Assert.True(runs[0].Repeats < 512);
    }

    [Theory]
    [InlineData(0.000_737)]
    [InlineData(0.000_099)]
    [InlineData(0.123_456_7)]
    public async Task The_wall_time_is_the_mean_over_the_repetitions_to_the_last_tick_of_the_clock(double wallMs)
    {
        IReadOnlyList<RunResult> runs = await MeasureAsync(_ => wallMs);

        Assert.All(runs, run => Assert.Equal(Math.Round(wallMs, 6), run.WallMs, 1e-12));
    }

    [Fact]
    public async Task The_wall_time_is_the_mean_of_different_repetitions()
    {
        // Two of 5 ms and two of 15 ms, in turn.
        IReadOnlyList<RunResult> runs = await MeasureAsync(execution => execution % 2 == 0 ? 5 : 15, minRunMs: 40);

        Assert.All(runs, run => Assert.Equal((4, 10.0), (run.Repeats, run.WallMs)));
    }

    [Fact]
    public async Task The_pilot_stage_is_not_measured_and_happens_once()
    {
        await MeasureAsync(_ => 10);

        // A warm-up run, pilot stages of one and two, and three rounds of two.
        Assert.Equal(1 + 1 + 2 + (3 * 2), _executions);
    }

    [Theory]
    [InlineData(99.0, 4)]
    // So far above the least, the first execution is the measurement.
    [InlineData(100.0, 3)]
    public async Task A_run_that_is_long_enough_is_executed_once_in_a_round(double wallMs, int executions)
    {
        IReadOnlyList<RunResult> runs = await MeasureAsync(_ => wallMs, warmupRounds: 0);

        Assert.All(runs, run => Assert.Equal(1, run.Repeats));
        Assert.Equal(executions, _executions);
    }

    [Fact]
    public async Task Another_least_length_has_a_number_of_its_own()
    {
        ScriptedModel model = Model(_ => 1);
        await using var models = new ModelCatalog([model]);
        var executor = new RunExecutor(Experiment.Workloads, models, clock: _clock);

        Assert.Equal(32, (await MeasureAsync(executor, Spec(warmupRounds: 0, minRunMs: 20)))[0].Repeats);
        Assert.Equal(4, (await MeasureAsync(executor, Spec(warmupRounds: 0, minRunMs: 4)))[0].Repeats);
    }

    [Fact]
    public async Task Repetitions_are_told_in_the_experiment()
    {
        // Far shorter than the 10 ms that would save it from the most repetitions.
        ExperimentSpec spec = Experiment.Spec("sequential") with { Workloads = [new WorkloadSpec("primes", 1, 1)], MinRunMs = 10_000, Rounds = 2 };

        ExperimentDocument document = (await Experiment.RunAsync(spec)).Document;

        Assert.All(document.Runs, run => Assert.Equal(1_000, run.Repeats));
        Assert.Equal(1_000, document.Analysis[0].Repeats);
    }

    [Theory]
    // In the pilot stage, of one and of two.
    [InlineData(2, 1)]
    [InlineData(4, 2)]
    // In the first round.
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    public async Task A_repetition_that_fails_ends_the_run_and_is_what_it_shows(int failing, int repeats)
    {
        RunResult run = (await MeasureAsync(_ => 10, failing: failing))[0];

        Assert.Equal((repeats, 1, "as the test wants"), (run.Repeats, run.Failed, run.Error));
    }

    [Fact]
    public async Task A_run_that_fails_from_the_start_is_not_repeated()
    {
        var model = new ScriptedModel("model", (_, _, _) => null);
        ExperimentSpec spec = Experiment.Spec("model") with { MinRunMs = 50 };

        ExperimentDocument document = (await Experiment.RunAsync(spec, models: [model])).Document;

        Assert.All(document.Runs, run => Assert.Equal(1, run.Repeats));
        // A warm-up run and three measured ones.
        Assert.Equal(4, model.Runs);
    }

    [Theory]
    // The one before is the right one: the baseline's checksum tells.
    [InlineData(4, 1)]
    // The one after is.
    [InlineData(3, 0)]
    public async Task A_repetition_that_computes_something_else_is_noticed(int wrong, int mismatches)
    {
        int executions = 0;
        var model = new ScriptedModel("model", (_, index, checksum) =>
            index == 0 && Interlocked.Increment(ref executions) == wrong ? checksum + 1 : checksum);
        ExperimentSpec spec = Experiment.Spec("model") with { MinRunMs = 10_000, Rounds = 1 };

        RunResult run = Assert.Single((await Experiment.RunAsync(spec, models: [model])).Document.Runs);

        Assert.False(run.IsValid);
        Assert.Equal((2, mismatches), (run.Repeats, run.Mismatches));
        Assert.NotNull(run.Error);
    }

    private static ExperimentSpec Spec(int warmupRounds, double minRunMs) =>
        Experiment.Spec("model") with { Workloads = [new WorkloadSpec("primes", 1, 1)], MinRunMs = minRunMs, WarmupRounds = warmupRounds };

    private ScriptedModel Model(Func<int, double> wallMs, int failing = 0) => new("model", (_, _, checksum) =>
    {
        _clock.Advance(wallMs(_executions++));
        return _executions == failing ? null : checksum;
    });

    private async Task<IReadOnlyList<RunResult>> MeasureAsync(
        Func<int, double> wallMs, int warmupRounds = 1, double minRunMs = MinRunMs, int failing = 0)
    {
        await using var models = new ModelCatalog([Model(wallMs, failing)]);
        return await MeasureAsync(new RunExecutor(Experiment.Workloads, models, clock: _clock), Spec(warmupRounds, minRunMs));
    }

    private static async Task<IReadOnlyList<RunResult>> MeasureAsync(RunExecutor executor, ExperimentSpec spec)
    {
        var runs = new List<RunResult>();
        for (int round = 1 - spec.WarmupRounds; round <= spec.Rounds; round++)
        {
            var planned = new PlannedRun($"r{round}", round, IsWarmup: round < 1, spec.Workloads[0], "model", Degree: 1);
            (RunResult run, _) = await executor.ExecuteAsync("20260131-093000-test", spec, planned, CancellationToken.None).Patiently();
            if (round >= 1)
                runs.Add(run);
        }

        return runs;
    }
}
