using System.Text.Json;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Tests.Models;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Runs;

public sealed class TaskExecutionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_success_is_an_attempt_with_its_checksum_times_and_place(bool awaiting)
    {
        TaskAttempt attempt = await ExecuteAsync(Workload(task => (ulong)task.Index), awaiting, index: 3);

        Assert.Equal((3, 2, 17L, 3UL, TaskOutcome.Succeeded, null), (attempt.TaskIndex, attempt.Attempt, attempt.QueuedTicks, attempt.Checksum, attempt.Outcome, attempt.Error));
        Assert.Equal(HostIdentity.Current, attempt.Host);
        Assert.True(attempt.StartedTicks > 0 && attempt.StartedTicks <= attempt.FinishedTicks);
    }

    [Theory]
    [InlineData("it\nbroke", "InvalidOperationException: it broke")]
    [InlineData(" ", "InvalidOperationException")]
    public async Task What_a_workload_throws_is_the_result_of_its_task_on_one_line(string message, string error)
    {
        Workload workload = Workload(_ => throw new InvalidOperationException(message));

        foreach (bool awaiting in new[] { false, true })
        {
            TaskAttempt attempt = await ExecuteAsync(workload, awaiting);
            Assert.Equal((TaskOutcome.Failed, 0UL, error), (attempt.Outcome, attempt.Checksum, attempt.Error));
        }
    }

    [Theory]
    [InlineData("outer.", "InvalidOperationException: outer; caused by FormatException: no luck")]
    [InlineData("outer (no luck)", "InvalidOperationException: outer (no luck)")]
    public async Task The_cause_of_what_a_workload_throws_is_told_once(string message, string error) => Assert.Equal(
        error, (await ExecuteAsync(Workload(_ => throw new InvalidOperationException(message, new FormatException("no luck"))), awaiting: false)).Error);

    [Fact]
    public async Task An_error_has_at_most_2000_characters() =>
        Assert.Equal(2_000, (await ExecuteAsync(Workload(_ => throw new InvalidOperationException(new string('x', 3_000))), awaiting: false)).Error!.Length);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_workload_that_is_not_known_is_a_failed_task(bool awaiting)
    {
        var execution = new TaskExecution(Order, () => throw new KeyNotFoundException("unknown workload"), TimeProvider.System);

        TaskAttempt attempt = awaiting ? await execution.ExecuteAsync(0, new Execution(), 1, 0) : execution.Execute(0, new Execution(), 1, 0);

        Assert.Equal((TaskOutcome.Failed, "KeyNotFoundException: unknown workload"), (attempt.Outcome, attempt.Error));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_task_that_outlives_its_time_has_timed_out_whatever_it_throws(bool awaiting)
    {
        TaskExecution execution = Execution(Endless(static () => new InvalidOperationException("cut short")), Order with { TaskTimeout = TimeSpan.FromSeconds(0.05) });

        TaskAttempt attempt = awaiting ? await execution.ExecuteInTimeAsync(0, 1, 0, default) : execution.ExecuteInTime(0, 1, 0, default);

        Assert.Equal((TaskOutcome.TimedOut, "took longer than the 0.05 s of taskTimeoutSeconds"), (attempt.Outcome, attempt.Error));
        Assert.True(attempt.FinishedTicks > attempt.StartedTicks);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cancelled_task_has_no_attempt_whatever_it_throws(bool awaiting)
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(0.05));
        TaskExecution execution = Execution(Endless(static () => new InvalidOperationException("cut short")), Order);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => _ = awaiting
            ? await execution.ExecuteInTimeAsync(0, 1, 0, cancellation.Token)
            : execution.ExecuteInTime(0, 1, 0, cancellation.Token));
    }

    [Fact]
    public void A_share_of_a_share_has_the_inputs_of_the_whole_run_and_travels_as_JSON()
    {
        RunOrder share = (Order with { Tasks = 100, BeganTicks = 5, IsWarmup = true, ColdStart = true }).Share(10, 50).Share(5, 2);

        Assert.Equal((15, 2), (share.FirstTask, share.Tasks));
        Assert.Equal(Order.Input(16), share.Input(1));
        Assert.Equal(share, JsonSerializer.Deserialize<RunOrder>(JsonSerializer.Serialize(share, JsonSerializerOptions.Web), JsonSerializerOptions.Web));
    }

    private static RunOrder Order => TestRun.Order(Workload(_ => 1));

    private static ScriptedWorkload Workload(Func<TaskInput, ulong> compute) => ScriptedWorkload.CpuBound((task, _) => compute(task));

    private static ScriptedWorkload Endless(Func<Exception> thrown) => ScriptedWorkload.CpuBound((_, execution) =>
    {
        execution.CancellationToken.WaitHandle.WaitOne();
        throw thrown();
    });

    private static TaskExecution Execution(Workload workload, RunOrder order) => new(order, () => workload, TimeProvider.System);

    private static async Task<TaskAttempt> ExecuteAsync(Workload workload, bool awaiting, int index = 0)
    {
        TaskExecution execution = Execution(workload, Order);
        return awaiting
            ? await execution.ExecuteAsync(index, new Execution(), attempt: 2, queuedTicks: 17)
            : execution.Execute(index, new Execution(), attempt: 2, queuedTicks: 17);
    }
}
