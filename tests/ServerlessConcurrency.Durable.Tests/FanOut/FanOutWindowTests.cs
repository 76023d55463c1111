using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Tests.InMemory;

namespace ServerlessConcurrency.Durable.Tests.FanOut;

public sealed class FanOutWindowTests
{
    [Theory(Timeout = TestApp.Guard)]
    [InlineData(1, 6, 1)]
    [InlineData(3, 20, 3)]
    [InlineData(256, 40, 40)]
    public async Task No_more_activities_than_the_degree_are_in_flight_and_no_fewer(int degree, int tasks, int expected)
    {
        var scripted = new ScriptedTasks();
        await using var app = new TestApp { ExecuteTask = scripted.ExecuteAsync };

        RunResult run = (await app.FanOutAsync(SmallExperiment.Run("durable", tasks, degree)))!;

        Assert.Equal(expected, app.Log.MostOpen(nameof(ExecuteTask)));
        Assert.InRange(scripted.MostAtOnce, 1, expected);
        Assert.Equal(tasks, scripted.Begun);
        Assert.All(scripted.AttemptsByTask.Values, attempts => Assert.Equal(1, attempts));
        Assert.Equal((tasks, 0, 0, null), (run.Tasks, run.Failed, run.Retried, run.Error));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task The_window_holds_while_attempts_are_retried()
    {
        var scripted = new ScriptedTasks
        {
            Outcome = (index, attempt) => attempt > index % 3 ? TaskOutcome.Succeeded : index % 2 == 0 ? TaskOutcome.Failed : TaskOutcome.Lost,
        };
        await using var app = new TestApp { ExecuteTask = scripted.ExecuteAsync };

        RunResult run = (await app.FanOutAsync(SmallExperiment.Run("durable", 18, 3)))!;

        Assert.Equal(3, app.Log.MostOpen(nameof(ExecuteTask)));
        Assert.InRange(scripted.MostAtOnce, 1, 3);
        Assert.Equal((0, 18), (run.Failed, run.Retried));
        Assert.All(scripted.AttemptsByTask, task => Assert.Equal(1 + (task.Key % 3), task.Value));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task The_window_holds_across_generations()
    {
        var scripted = new ScriptedTasks { Outcome = (index, attempt) => index == 31 && attempt == 1 ? TaskOutcome.Lost : TaskOutcome.Succeeded };
        await using var app = new TestApp { ExecuteTask = scripted.ExecuteAsync };

        RunResult run = (await app.FanOutAsync(
            SmallExperiment.Run("durable", 70, 2), new FanOutOptions { TasksPerGeneration = 1, RetryDelaySeconds = 0.01 }))!;

        Assert.Equal(3, app.Log.GenerationsOf("fan-out").Count);
        Assert.Equal(2, app.Log.MostOpen(nameof(ExecuteTask)));
        Assert.InRange(scripted.MostAtOnce, 1, 2);
        Assert.Equal(71, scripted.Begun);
        Assert.Equal((0, 1), (run.Failed, run.Retried));
    }
}
