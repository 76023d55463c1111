using System.Diagnostics;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Durable.Tests.Hub;

/// <summary>Runs of one experiment, which share two hosts.</summary>
public sealed class DurableModelTests(HubFixture hub) : IClassFixture<HubFixture>
{
    // The framework's times are whole ticks of 100 ns, and the run's wall time is a sum of them.
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(1);

    [Theory(Timeout = HubLab.Guard)]
    [InlineData("durable")]
    [InlineData("durable-batch")]
    public async Task Every_task_is_done_once_and_computes_what_sequential_execution_computes(string model)
    {
        RunContext run = await hub.Lab.SucceedAsync(hub.Lab.NewRun(model, "primes", 2_000, tasks: 20));

        IReadOnlyList<TaskAttempt> attempts = run.Recorder.Attempts();
        Assert.Equal(20, attempts.Count);
        Assert.All(attempts, attempt =>
        {
            Assert.Equal((1, TaskOutcome.Succeeded), (attempt.Attempt, attempt.Outcome));
            Assert.Contains(attempt.Host.ProcessId, hub.Lab.Hosts.ProcessIds);
            Assert.True(attempt.QueuedTicks <= attempt.StartedTicks && attempt.StartedTicks <= attempt.FinishedTicks);
            Assert.True(Stopwatch.GetElapsedTime(run.Recorder.BeganTicks, attempt.QueuedTicks) >= -Rounding);
            Assert.True(Stopwatch.GetElapsedTime(run.Recorder.BeganTicks, attempt.FinishedTicks) <= run.Facts.Wall + Rounding);
        });
        Assert.True(run.Facts.ProcessStart > TimeSpan.Zero);
        Assert.Equal(0, run.Facts.ProcessesLost);
    }

    [Fact(Timeout = HubLab.Guard)]
    public async Task Tasks_spread_over_the_hosts_which_both_models_and_warm_up_runs_share()
    {
        RunContext[] runs =
        [
            await hub.Lab.SucceedAsync(hub.Lab.NewRun("durable", "counts", 100, tasks: 30, isWarmup: true)),
            await hub.Lab.SucceedAsync(hub.Lab.NewRun("durable", "counts", 100, tasks: 30)),
            await hub.Lab.SucceedAsync(hub.Lab.NewRun("durable-batch", "counts", 500, tasks: 10)),
        ];

        Assert.All(runs, run => Assert.Equal(
            hub.Lab.Hosts.ProcessIds.Order(), run.Recorder.Attempts().Select(attempt => attempt.Host.ProcessId).Distinct().Order()));
    }

    [Fact(Timeout = HubLab.Guard)]
    public async Task A_run_of_several_generations_records_each_task_once_on_one_time_line()
    {
        RunContext run = await hub.Lab.SucceedAsync(hub.Lab.NewRun("durable", "empty", 1, tasks: 90));

        Assert.Equal(90, run.Recorder.Attempts().Count);
        Assert.All(run.Recorder.Attempts(), attempt => Assert.True(
            Stopwatch.GetElapsedTime(run.Recorder.BeganTicks, attempt.FinishedTicks) <= run.Facts.Wall + Rounding));
    }

    [Fact(Timeout = HubLab.Guard)]
    public async Task A_batch_of_more_attempts_than_a_frame_has_records_each_once()
    {
        RunContext run = await hub.Lab.SucceedAsync(hub.Lab.NewRun("durable-batch", "primes", 10, tasks: 2_500));

        Assert.Equal(2_500, run.Recorder.Attempts().Count);
    }

    [Fact(Timeout = HubLab.Guard)]
    public async Task Hosts_compile_nothing_of_a_task_in_their_first_tasks()
    {
        RunContext run = hub.Lab.NewRun("durable", "compiles", 1, tasks: 8);

        await hub.Lab.ExecuteAsync(run);

        Assert.Equal(new ulong[8], run.Recorder.Checksums());
    }

    [Theory(Timeout = HubLab.Guard)]
    [InlineData("durable", 10)]
    [InlineData("durable-batch", 11)]
    public async Task Hosts_are_warm_when_a_run_begins(string model, int size)
    {
        RunContext run = hub.Lab.NewRun(model, "counts", size, tasks: 10);
        await hub.Lab.CreateModel(model).PrepareAsync(run);
        int warmUps = WarmUps();

        await hub.Lab.SucceedAsync(run);

        Assert.True(warmUps > 0);
        Assert.Equal(warmUps, WarmUps());

        int WarmUps() => Directory.GetFiles(hub.Lab.MarksFolder).Length - hub.Lab.Executions;
    }

    [Theory(Timeout = HubLab.Guard)]
    [InlineData("durable", 3)]
    [InlineData("durable-batch", 1)]
    public async Task A_task_that_always_fails_is_tried_as_often_as_the_model_says_and_fails_alone(string model, int attempts)
    {
        RunContext run = hub.Lab.NewRun(model, "one-throws", 1, tasks: 6);

        await hub.Lab.ExecuteAsync(run);

        Assert.Equal([0, 2, 3, 4, 5], HubLab.Successes(run).Select(attempt => attempt.TaskIndex));
        TaskAttempt[] failed = [.. run.Recorder.Attempts().Where(attempt => attempt.Outcome != TaskOutcome.Succeeded)];
        Assert.Equal(Enumerable.Range(1, attempts), failed.Select(attempt => attempt.Attempt));
        Assert.All(failed, attempt => Assert.Equal(
            (1, TaskOutcome.Failed, "InvalidOperationException: task 1 always fails"), (attempt.TaskIndex, attempt.Outcome, attempt.Error)));
        Assert.Equal(0, run.Facts.ProcessesLost);
    }

    [Fact(Timeout = HubLab.Guard)]
    public async Task A_task_that_outlives_its_timeout_is_timed_out_each_time()
    {
        RunContext run = hub.Lab.NewRun("durable", "delay", 60_000, tasks: 2, taskTimeout: TimeSpan.FromSeconds(0.2));

        await hub.Lab.ExecuteAsync(run);

        Assert.Equal([1, 1, 2, 2, 3, 3], run.Recorder.Attempts().Select(attempt => attempt.Attempt).Order());
        Assert.All(run.Recorder.Attempts(), attempt => Assert.Equal(TaskOutcome.TimedOut, attempt.Outcome));
        Assert.Equal(0, run.Facts.ProcessesLost);
    }

    [Fact(Timeout = HubLab.Guard)]
    public async Task A_batch_that_ends_when_its_time_is_over_names_the_limit()
    {
        RunContext run = hub.Lab.NewRun("durable-batch", "delay", 60_000, tasks: 2, taskTimeout: TimeSpan.FromSeconds(0.5));

        await hub.Lab.ExecuteAsync(run);

        Assert.Equal(2, run.Recorder.Remaining);
        Assert.All(run.Recorder.Attempts(), attempt => Assert.Contains(
            "the share of 1 task took longer than the 0.5 s that taskTimeoutSeconds allows", attempt.Error, StringComparison.Ordinal));
    }
}
