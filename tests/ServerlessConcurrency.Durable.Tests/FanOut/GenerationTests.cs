using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Runs;
using ServerlessConcurrency.Durable.Tests.InMemory;

namespace ServerlessConcurrency.Durable.Tests.FanOut;

public sealed class GenerationTests
{
    // With one lane, a generation has at least 16 tasks.
    private static readonly FanOutOptions Small = new() { TasksPerGeneration = 1, RetryDelaySeconds = 0.01 };

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_long_run_starts_over_with_an_empty_history_and_stores_each_row_once()
    {
        await using var app = new TestApp { ExecuteTask = new ScriptedTasks().ExecuteAsync };

        RunResult run = (await app.FanOutAsync(SmallExperiment.Run("durable", 40, 1), Small))!;

        IReadOnlyList<Generation> generations = app.Log.GenerationsOf("fan-out");
        Assert.Equal([16 + 2, 16 + 2, 8 + 1], generations.Select(generation => generation.Calls.Count));
        Assert.True(generations.Sum(generation => generation.Executions) > 40, "each step was replayed");
        Assert.Equal(40, app.Memory.RowsWritten);
        Assert.Equal(Enumerable.Range(0, 40), app.Memory.Rows(run.RunId).Select(row => row.TaskIndex));
        Assert.DoesNotContain(app.Memory.Files(), file => file.StartsWith("attempts-", StringComparison.Ordinal));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_run_that_is_recorded_again_after_its_files_are_gone_stays_as_it_was()
    {
        await using var app = new TestApp { ExecuteTask = new ScriptedTasks().ExecuteAsync };
        Func<RunRecording, Task> record = app.RecordTimings;
        app.RecordTimings = async recording =>
        {
            await record(recording);
            if (recording.Totals is not null)
                await record(recording);
        };

        RunResult run = (await app.FanOutAsync(SmallExperiment.Run("durable", 40, 1), Small))!;

        Assert.Equal((40, 0), (app.Memory.RowsWritten, run.Failed));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task Sums_over_generations_are_those_of_the_whole_run()
    {
        await using var app = new TestApp { ExecuteTask = new ScriptedTasks().ExecuteAsync };

        RunResult run = (await app.FanOutAsync(SmallExperiment.Run("durable", 40, 1), Small))!;

        ulong checksum = Checksum.Combine([.. Enumerable.Range(0, 40).Select(ScriptedTasks.Checksum)]);
        Assert.Equal((Checksum.Format(checksum), 0, 0), (run.Checksum, run.Failed, run.Retried));
        Assert.Equal((2, 2, 40), (run.Hosts, run.Threads, run.Tasks));
        Assert.Equal(40 * 3.0, run.CpuMs!.Value, 3);
        Assert.Equal(new ContextSwitches(40, 80), run.ContextSwitches);
        Assert.Equal(40 * 10, run.AllocatedBytes);
        Assert.Equal(1_039 + 1_038, run.PeakRssBytes);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task The_clock_of_a_run_stands_still_between_generations()
    {
        await using var app = new TestApp { ExecuteTask = new ScriptedTasks().ExecuteAsync };
        // An hour passes between two generations.
        app.Log.TimePassed = static (input, _) => TimeSpan.FromHours(((FanOutState)input!).NextTask / 16);

        RunResult run = (await app.FanOutAsync(SmallExperiment.Run("durable", 40, 1), Small))!;

        double hour = TimeSpan.FromHours(1).TotalMilliseconds;
        Assert.InRange(run.WallMs, 1, hour / 2);
        double[] queued = [.. app.Memory.Rows(run.RunId).Select(row => row.QueuedMs)];
        Assert.Equal(queued.Order(), queued);
        Assert.All(queued, time => Assert.InRange(time, -0.001, run.WallMs));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task What_failed_in_an_early_generation_is_named_at_the_end()
    {
        var scripted = new ScriptedTasks { Outcome = (index, _) => index is 3 or 37 ? TaskOutcome.Failed : TaskOutcome.Succeeded };
        await using var app = new TestApp { ExecuteTask = scripted.ExecuteAsync };

        RunResult run = (await app.FanOutAsync(SmallExperiment.Run("durable", 40, 1), Small))!;

        Assert.Equal((2, 4), (run.Failed, run.Retried));
        Assert.Equal("task 3 failed 3 times, at last of: attempt 3 at 3 went wrong", run.Error);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task What_was_lost_in_every_generation_is_added_up()
    {
        var scripted = new ScriptedTasks
        {
            Outcome = (index, attempt) => index is 3 or 37 && attempt == 1 ? TaskOutcome.Lost : TaskOutcome.Succeeded,
        };
        await using var app = new TestApp { ExecuteTask = scripted.ExecuteAsync };

        RunResult run = (await app.FanOutAsync(SmallExperiment.Run("durable", 40, 1), Small))!;

        Assert.Equal((0, 2), (run.Failed, run.ProcessesLost));
    }

    [Theory]
    [InlineData(1, 1, 100, 16)]
    [InlineData(3, 1, 100, 48)]
    [InlineData(3, 250, 100, 100)]
    [InlineData(3, 60, 100, 60)]
    public void A_generation_is_long_enough_for_its_lanes_and_ends_with_the_run(int degree, int perGeneration, int tasks, int end)
    {
        FanOutState state = SmallExperiment.FanOut(
            SmallExperiment.Document(SmallExperiment.Spec("durable")), SmallExperiment.Run("durable", tasks, degree)) with
        {
            Options = new FanOutOptions { TasksPerGeneration = perGeneration },
        };

        Assert.Equal(end, state.EndTask);
        Assert.Equal(tasks, (state with { NextTask = tasks - 1 }).EndTask);
    }
}
