using System.Diagnostics;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Tests.InMemory;

namespace ServerlessConcurrency.Durable.Tests.FanOut;

public sealed class TurnaroundTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Each_lane_takes_the_time_from_the_end_of_its_task_until_it_schedules_the_next(int lanes)
    {
        double[] turnarounds = Run(tasks: 10, lanes, static task => TaskOutcome.Succeeded);

        // A task ended as many ms before the orchestration saw it as its index says; the last of each lane has none after it.
        Assert.Equal(Enumerable.Range(0, 10 - lanes).Select(task => (double)task), turnarounds);
    }

    [Fact]
    public void What_was_lost_or_waits_for_another_attempt_is_left_out_and_what_failed_is_not()
    {
        double[] turnarounds = Run(tasks: 6, lanes: 1, static task => task switch
        {
            1 => TaskOutcome.Lost,
            3 => TaskOutcome.Failed,
            _ => TaskOutcome.Succeeded,
        });

        // The task after each; of the one that failed only after its last attempt.
        Assert.Equal([0, 2, 3, 4], turnarounds);
    }

    [Fact]
    public void The_first_and_the_last_quarter_of_long_generations_are_averaged()
    {
        var none = new TurnaroundSum(0, 0, 0);
        Assert.Null(none.Plus([.. Enumerable.Repeat(5.0, TurnaroundSum.FewestOfGeneration - 1)]).Mean());

        TurnaroundSum one = none.Plus([.. Enumerable.Range(0, 40).Select(place => (double)place)]);
        Assert.Equal(new Turnaround(4.5, 34.5), one.Mean());

        Assert.Equal(new Turnaround(5.5, 50.5), one.Plus([.. Enumerable.Range(0, 43).Select(place => place < 10 ? 6.5 : 66.5)]).Mean());
        Assert.Equal(one, one.Plus([1_000]));
    }

    [Theory(Timeout = TestApp.Guard)]
    // With one lane, a generation has at least 50 tasks here.
    [InlineData(120, true)]
    [InlineData(40, false)]
    public async Task A_long_run_says_how_fast_its_orchestration_went_on(int tasks, bool told)
    {
        double hour = TimeSpan.FromHours(1).TotalMilliseconds;
        var scripted = new ScriptedTasks { Before = static _ => Task.CompletedTask };
        await using var app = new TestApp
        {
            // What a generation's later tasks took ended an hour before the orchestration went on.
            ExecuteTask = async share =>
            {
                TaskResult result = await scripted.ExecuteAsync(share);
                return share.FirstTask % 50 < 20 ? result : result with { FinishedTicks = result.FinishedTicks - (3_600 * Stopwatch.Frequency) };
            },
        };

        RunResult run = (await app.FanOutAsync(SmallExperiment.Run("durable", tasks, 1), new FanOutOptions { TasksPerGeneration = 50 }))!;

        Assert.Equal(told, run.Turnaround is not null);
        Assert.Equal(0, run.Failed);
        if (told)
        {
            Assert.InRange(run.Turnaround!.FirstMs, -hour / 2, hour / 2);
            Assert.InRange(run.Turnaround.LastMs, hour / 2, 2 * hour);
        }
    }

    private static double[] Run(int tasks, int lanes, Func<int, TaskOutcome> outcome)
    {
        FanOutState state = SmallExperiment.FanOut(
            SmallExperiment.Document(SmallExperiment.Spec("durable")), SmallExperiment.Run("durable", tasks, lanes));
        var context = new SteppedContext();
        var fanIn = new ActivityFanIn(state, static _ => { });

        Task run = new TaskFanOut(context, state, fanIn).RunAsync();
        context.RunToEnd(new FirstOfAll(), input => Result(((RunOrder)input).FirstTask));

        Assert.True(run.IsCompletedSuccessfully);
        return [.. fanIn.Turnarounds.Select(turnaround => Math.Round(turnaround, 3))];

        object Result(int task) => outcome(task) == TaskOutcome.Lost
            ? new InvalidOperationException("lost")
            : new TaskResult("a", 1, 1, 0, UtcClock.Timestamp(context.CurrentUtcDateTime) - (task * Stopwatch.Frequency / 1_000), 1, outcome(task), null, new ActivityUsage());
    }

    private sealed class FirstOfAll : Random
    {
        public override int Next(int maxValue) => 0;
    }
}
