using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Orchestration;
using ServerlessConcurrency.Durable.Runs;
using ServerlessConcurrency.Durable.Tests.InMemory;

namespace ServerlessConcurrency.Durable.Tests.FanOut;

public sealed class OrchestrationStartTests
{
    private static readonly double Hour = TimeSpan.FromHours(1).TotalMilliseconds;

    [Theory(Timeout = TestApp.Guard)]
    [InlineData("durable")]
    [InlineData("durable-batch")]
    public async Task A_run_says_how_long_its_orchestration_waited_which_is_not_in_its_wall_time(string model)
    {
        await using var app = new TestApp();
        // A fan-out begins an hour after it was scheduled.
        app.Log.TimePassed = static (input, _) => input is FanOutState ? TimeSpan.FromHours(1) : TimeSpan.Zero;

        ExperimentDocument ended = await app.RunAsync(SmallExperiment.Spec(model) with { WarmupRounds = 0 });

        Assert.Equal(2, ended.Runs.Count);
        Assert.All(ended.Runs, run => Assert.InRange(run.OrchestrationStartMs!.Value, Hour, 2 * Hour));
        Assert.All(ended.Runs, run => Assert.InRange(run.WallMs, 0, Hour));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task It_is_that_of_the_first_generation_and_never_negative()
    {
        await using var app = new TestApp { ExecuteTask = new ScriptedTasks().ExecuteAsync };
        var starts = new List<double?>();
        Func<RunRecording, Task> record = app.RecordTimings;
        app.RecordTimings = recording =>
        {
            starts.Add(recording.Totals?.Orchestration?.StartMs);
            return record(recording);
        };
        // The clock of the first generation's host is an hour behind, that of the others an hour ahead.
        app.Log.TimePassed = static (input, _) => input is FanOutState state ? TimeSpan.FromHours(state.NextTask == 0 ? -1 : 1) : TimeSpan.Zero;

        ExperimentDocument ended = await app.RunAsync(
            SmallExperiment.Spec("durable") with { WarmupRounds = 0, Rounds = 1, Degree = 1, Workloads = [new("primes", 50, 40)] },
            new FanOutOptions { TasksPerGeneration = 1 });

        Assert.Equal([null, null, 0.0], starts);
        Assert.Equal(0, Assert.Single(ended.Runs).OrchestrationStartMs);
    }

    [Theory(Timeout = TestApp.Guard)]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task An_experiment_says_how_long_its_own_orchestration_waited(int hours)
    {
        await using var app = new TestApp();
        _ = new Orchestration.ScriptedRuns(app);
        // Later generations are ever later.
        app.Log.TimePassed = (input, _) => input is ExperimentJourney journey ? TimeSpan.FromHours(hours * (1 + journey.RoundsDone)) : TimeSpan.Zero;

        ExperimentDocument ended = await app.RunAsync(SmallExperiment.Spec("sequential"));

        Assert.InRange(ended.OrchestrationStartMs!.Value, hours > 0 ? Hour : 0, hours > 0 ? 2 * Hour : 0);
        Assert.All(ended.Runs, run => Assert.Null(run.OrchestrationStartMs));
    }
}
