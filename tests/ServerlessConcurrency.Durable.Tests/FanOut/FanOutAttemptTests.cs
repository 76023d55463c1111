using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Tests.InMemory;

namespace ServerlessConcurrency.Durable.Tests.FanOut;

public sealed class FanOutAttemptTests
{
    [Fact(Timeout = TestApp.Guard)]
    public async Task Every_attempt_is_recorded_with_its_own_times_host_process_and_number()
    {
        var scripted = new ScriptedTasks
        {
            Outcome = (index, attempt) => (index, attempt) is (2, 1) ? TaskOutcome.Failed : TaskOutcome.Succeeded,
        };
        await using var app = new TestApp { ExecuteTask = scripted.ExecuteAsync };

        RunResult run = (await app.FanOutAsync(SmallExperiment.Run("durable", 5, 2)))!;

        IReadOnlyList<TaskTiming> rows = app.Memory.Rows(run.RunId);
        Assert.Equal([(0, 1), (1, 1), (2, 1), (2, 2), (3, 1), (4, 1)], rows.Select(row => (row.TaskIndex, row.Attempt)));
        Assert.All(rows, row =>
        {
            Assert.Equal($"{ScriptedTasks.Machine(row.TaskIndex)}-4711", row.HostId);
            Assert.Equal((4711, 7), (row.ProcessId, row.ThreadId));
            Assert.True(row.QueuedMs >= 0 && row.StartedMs <= row.FinishedMs, row.ToString());
        });
        Assert.Equal(
            [(TaskOutcome.Failed, 0UL), (TaskOutcome.Succeeded, ScriptedTasks.Checksum(2))],
            rows.Where(row => row.TaskIndex == 2).Select(row => (row.Outcome, row.Checksum)));
        // Two tasks may begin at the same tick, two attempts at one may not.
        Assert.True(rows[3].StartedMs > rows[2].StartedMs, "the second attempt began with the first");
        Assert.Equal((2, 2, 6 * 3.0), (run.Hosts, run.Threads, run.CpuMs));
        Assert.Equal(1_004 + 1_003, run.PeakRssBytes);
        Assert.Equal(rows.Count, app.Memory.RowsWritten);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task Waiting_for_a_host_is_told_apart_from_execution()
    {
        using var host = new SemaphoreSlim(1);
        var scripted = new ScriptedTasks { Before = _ => host.WaitAsync() };
        await using var app = new TestApp
        {
            ExecuteTask = async request =>
            {
                TaskResult result = await scripted.ExecuteAsync(request);
                await Task.Delay(20);
                result = result with { FinishedTicks = UtcClock.Instance.GetTimestamp() };
                host.Release();
                return result;
            },
        };

        RunResult run = (await app.FanOutAsync(SmallExperiment.Run("durable", 4, 4)))!;

        TaskTiming[] rows = [.. app.Memory.Rows(run.RunId).OrderBy(row => row.StartedMs)];
        Assert.Single(rows.Select(row => row.QueuedMs).Distinct());
        for (int place = 1; place < rows.Length; place++)
            Assert.True(rows[place].StartedMs >= rows[place - 1].FinishedMs, "the host had one task at a time");
        Assert.True(rows[3].StartedMs - rows[3].QueuedMs >= rows[..3].Sum(row => row.FinishedMs - row.StartedMs), "it waited for the others");
        Assert.True(run.WallMs >= rows[3].FinishedMs - rows[0].StartedMs);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_task_that_keeps_failing_is_tried_so_often_with_growing_delays_and_named_and_the_others_are_kept()
    {
        var scripted = new ScriptedTasks { Outcome = (index, _) => index == 2 ? TaskOutcome.Failed : TaskOutcome.Succeeded };
        await using var app = new TestApp { ExecuteTask = scripted.ExecuteAsync };

        RunResult run = (await app.FanOutAsync(
            SmallExperiment.Run("durable", 6, 3), new FanOutOptions { MaxAttempts = 4, RetryDelaySeconds = 0.01 }))!;

        Assert.Equal((1, 3, "task 2 failed 4 times, at last of: attempt 4 at 2 went wrong"), (run.Failed, run.Retried, run.Error));
        Assert.Equal(0, run.ProcessesLost);
        Assert.False(run.IsValid);
        Assert.Equal(
            [TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(40)],
            Assert.Single(app.Log.GenerationsOf("fan-out")).Delays);
        IReadOnlyList<TaskTiming> rows = app.Memory.Rows(run.RunId);
        Assert.Equal([1, 2, 3, 4], rows.Where(row => row.TaskIndex == 2).Select(row => row.Attempt));
        Assert.Equal(5, rows.Count(row => row.Outcome == TaskOutcome.Succeeded));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task An_activity_that_throws_is_a_lost_attempt_and_tried_again()
    {
        var scripted = new ScriptedTasks { Outcome = (index, attempt) => index == 0 && attempt < 3 ? TaskOutcome.Lost : TaskOutcome.Succeeded };
        await using var app = new TestApp { ExecuteTask = scripted.ExecuteAsync };

        RunResult run = (await app.FanOutAsync(SmallExperiment.Run("durable", 2, 2)))!;

        Assert.Equal((0, 2, 2, null), (run.Failed, run.Retried, run.ProcessesLost, run.Error));
        Assert.Equal(
            [("unknown-0", TaskOutcome.Lost), ("unknown-0", TaskOutcome.Lost), ("even-4711", TaskOutcome.Succeeded)],
            app.Memory.Rows(run.RunId).Where(row => row.TaskIndex == 0).Select(row => (row.HostId, row.Outcome)));
        Assert.Equal(2, run.Hosts);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_task_that_is_lost_each_time_is_named_with_what_the_activity_threw_in_one_line()
    {
        var scripted = new ScriptedTasks { Outcome = (index, _) => index == 1 ? TaskOutcome.Lost : TaskOutcome.Succeeded };
        await using var app = new TestApp { ExecuteTask = scripted.ExecuteAsync };

        RunResult run = (await app.FanOutAsync(SmallExperiment.Run("durable", 2, 2)))!;

        Assert.Equal((1, "task 1 failed 3 times, at last of: the host died"), (run.Failed, run.Error));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_warm_up_run_is_executed_and_not_stored()
    {
        var scripted = new ScriptedTasks();
        await using var app = new TestApp { ExecuteTask = scripted.ExecuteAsync };

        Assert.Null(await app.FanOutAsync(SmallExperiment.Run("durable", 4, 2, isWarmup: true)));

        Assert.Equal((4, 0), (scripted.Begun, app.Memory.RowsWritten));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_run_of_an_experiment_that_was_cancelled_meanwhile_is_not_stored()
    {
        await using var app = new TestApp();
        app.ExecuteTask = async request =>
        {
            await app.Store.SaveAsync(SmallExperiment.Document(SmallExperiment.Spec("durable"), ExperimentStatus.Cancelled));
            return await new ScriptedTasks().ExecuteAsync(request);
        };

        Assert.Null(await app.FanOutAsync(SmallExperiment.Run("durable", 2, 2)));

        Assert.Equal(0, app.Memory.RowsWritten);
        Assert.Equal(ExperimentStatus.Cancelled, (await app.Store.FindAsync(SmallExperiment.Id))!.Status);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_run_is_recorded_although_the_storage_fails_at_first()
    {
        var scripted = new ScriptedTasks();
        await using var app = new TestApp { ExecuteTask = scripted.ExecuteAsync };
        int failures = 2;
        app.Memory.BeforeWrite = what =>
        {
            if (what == "rows" && failures-- > 0)
                throw new StorageUnavailableException("the storage does not answer");
        };

        RunResult? run = await app.FanOutAsync(SmallExperiment.Run("durable", 3, 3));

        Assert.NotNull(run);
        Assert.Equal(3, app.Memory.Rows(run.RunId).Count);
        Assert.Equal(3, scripted.Begun);
    }
}
