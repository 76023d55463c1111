using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Tests.Models;

public sealed class FailingTaskTests
{
    [Theory]
    [MemberData(nameof(TestRun.Models), MemberType = typeof(TestRun))]
    public async Task A_task_that_throws_is_recorded_and_stops_no_other(string model)
    {
        ScriptedWorkload workload = ScriptedWorkload.CpuBound((task, _) => task.Index % 3 == 1
            ? throw new InvalidOperationException($"task {task.Index}\nbroke")
            : (ulong)task.Index + 1);

        await AssertEveryThirdFailedAsync(model, workload);
    }

    [Theory]
    [MemberData(nameof(TestRun.Models), MemberType = typeof(TestRun))]
    public async Task A_task_that_throws_after_a_wait_is_recorded_and_stops_no_other(string model)
    {
        ScriptedWorkload workload = ScriptedWorkload.IoBound(
            (task, execution) => execution.Wait(task, static task => task.Index % 3 == 1
                ? throw new InvalidOperationException($"task {task.Index}\nbroke")
                : (ulong)task.Index + 1),
            async (task, _) =>
            {
                await Task.Yield();
                return task.Index % 3 == 1
                    ? throw new InvalidOperationException($"task {task.Index}\nbroke")
                    : (ulong)task.Index + 1;
            });

        await AssertEveryThirdFailedAsync(model, workload);
    }

    [Theory]
    [MemberData(nameof(TestRun.Models), MemberType = typeof(TestRun))]
    public async Task A_task_that_gives_up_by_itself_has_failed_and_the_run_is_not_cancelled(string model)
    {
        ScriptedWorkload workload = ScriptedWorkload.CpuBound((task, _) => task.Index == 2
            ? throw new TimeoutException("too slow", new OperationCanceledException("gave up"))
            : task.Index == 3 ? throw new OperationCanceledException("gave up") : 1UL);

        TaskRecorder recorder = await TestRun.ExecuteAsync(model, workload, tasks: 6);

        Assert.Equal(2, recorder.Remaining);
        Assert.Equal(["TimeoutException: too slow; caused by OperationCanceledException: gave up", "OperationCanceledException: gave up"], recorder.Attempts().Where(attempt => attempt.Error is not null).Select(attempt => attempt.Error));
    }

    private static async Task AssertEveryThirdFailedAsync(string model, ScriptedWorkload workload)
    {
        const int Tasks = 30;

        TaskRecorder recorder = await TestRun.ExecuteAsync(model, workload, tasks: Tasks);

        Assert.Equal(Tasks / 3, recorder.Remaining);
        Assert.Equal(Tasks, recorder.Attempts().Count);
        Assert.All(recorder.Attempts(), attempt =>
        {
            bool fails = attempt.TaskIndex % 3 == 1;
            Assert.Equal(fails ? TaskOutcome.Failed : TaskOutcome.Succeeded, attempt.Outcome);
            Assert.Equal(fails ? 0 : (ulong)attempt.TaskIndex + 1, attempt.Checksum);
            Assert.Equal(fails ? $"InvalidOperationException: task {attempt.TaskIndex} broke" : null, attempt.Error);
        });
    }
}
