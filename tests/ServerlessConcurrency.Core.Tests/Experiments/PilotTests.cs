using ServerlessConcurrency.Core.Experiments;

namespace ServerlessConcurrency.Core.Tests.Experiments;

public sealed class PilotTests
{
    private static readonly PlannedRun Run = new("r0001-001", 1, false, new WorkloadSpec("primes", 1, 1), "threads", 2);

    [Theory]
    [InlineData(20.0, 1)]
    [InlineData(100.0, 1)]
    [InlineData(19.9, 2)]
    [InlineData(10.0, 2)]
    [InlineData(7.0, 3)]
    [InlineData(0.02, 1_000)]
    [InlineData(0.001, 1_000)]
    [InlineData(0.0, 1_000)]
    public void A_run_is_repeated_until_all_repetitions_take_long_enough(double wallMs, int expected)
    {
        var pilot = new Pilot();
        pilot.Learn(Run, TimeSpan.FromMilliseconds(wallMs));

        Assert.Equal(expected, pilot.Repeats(Run, TimeSpan.FromMilliseconds(20)));
    }

    [Fact]
    public async Task A_run_that_is_too_short_is_repeated_and_tells_so()
    {
        var model = new ScriptedModel("model", (_, _, checksum) => checksum);
        ExperimentSpec spec = Experiment.Spec("model") with { MinRunMs = 50 };

        ExperimentDocument document = (await Experiment.RunAsync(spec, models: [model])).Document;

        Assert.All(document.Runs, run => Assert.InRange(run.Repeats, 2, 1_000));
        // The warm-up run is the pilot; every other execution is a repetition of a measured run.
        Assert.Equal(1 + document.Runs.Sum(run => run.Repeats), model.Runs);
        // One number for all rounds, since it was decided before them.
        Assert.Single(document.Runs.Select(run => run.Repeats).Distinct());
        Assert.Equal(document.Runs[0].Repeats, document.Analysis[0].Repeats);
    }

    [Fact]
    public async Task The_wall_time_is_the_mean_over_the_repetitions_and_not_their_sum()
    {
        const int sleepMs = 5;
        var model = new ScriptedModel("model", (_, index, checksum) =>
        {
            if (index == 0)
                Thread.Sleep(sleepMs);
            return checksum;
        });
        ExperimentSpec spec = Experiment.Spec("model") with { MinRunMs = 100 };

        ExperimentDocument document = (await Experiment.RunAsync(spec, models: [model])).Document;

        // All repetitions together take at least so long as they sleep.
        Assert.All(document.Runs, run => Assert.InRange(run.WallMs, 0, sleepMs * run.Repeats));
    }

    [Fact]
    public async Task Without_a_warm_up_the_first_execution_is_not_counted()
    {
        var model = new ScriptedModel("model", (_, _, checksum) => checksum);
        ExperimentSpec spec = Experiment.Spec("model") with { MinRunMs = 50, WarmupRounds = 0 };

        ExperimentDocument document = (await Experiment.RunAsync(spec, models: [model])).Document;

        Assert.Equal(1 + document.Runs.Sum(run => run.Repeats), model.Runs);
    }

    [Fact]
    public async Task A_run_that_is_long_enough_is_executed_once()
    {
        var model = new ScriptedModel("model", (_, _, checksum) =>
        {
            Thread.Sleep(2);
            return checksum;
        });
        // Six tasks of 2 ms are far above a millisecond, warm-up or none.
        ExperimentSpec spec = Experiment.Spec("model") with { MinRunMs = 1, WarmupRounds = 0 };

        ExperimentDocument document = (await Experiment.RunAsync(spec, models: [model])).Document;

        Assert.All(document.Runs, run => Assert.Equal(1, run.Repeats));
        Assert.Equal(3, model.Runs);
    }

    [Fact]
    public async Task A_repetition_that_fails_ends_the_run_and_is_what_it_shows()
    {
        int executions = 0;
        var model = new ScriptedModel("model", (_, index, checksum) =>
            index == 0 && Interlocked.Increment(ref executions) == 4 ? null : checksum);
        ExperimentSpec spec = Experiment.Spec("model") with { MinRunMs = 10_000, Rounds = 1 };

        RunResult run = Assert.Single((await Experiment.RunAsync(spec, models: [model])).Document.Runs);

        Assert.Equal((3, 1, "as the test wants"), (run.Repeats, run.Failed, run.Error));
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

    [Fact]
    public async Task A_repetition_that_computes_something_else_is_noticed()
    {
        int executions = 0;
        var model = new ScriptedModel("model", (_, index, checksum) =>
            index == 0 && Interlocked.Increment(ref executions) == 3 ? checksum + 1 : checksum);
        ExperimentSpec spec = Experiment.Spec("model") with { MinRunMs = 10_000, Rounds = 1 };

        RunResult run = Assert.Single((await Experiment.RunAsync(spec, models: [model])).Document.Runs);

        Assert.Equal((2, 1, 1), (run.Repeats, run.Failed, run.Mismatches));
    }
}
