using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Models;

public sealed class ModelCancellationTests
{
    [Theory]
    [MemberData(nameof(TestRun.Models), MemberType = typeof(TestRun))]
    public Task Cancelling_a_computation_ends_the_run_and_leaves_no_task_working(string model) => CancelledAsync(
        model, ScriptedWorkload.CpuBound(ComputeForEver), workload => workload.Inside > 0);

    [Theory]
    [MemberData(nameof(TestRun.Models), MemberType = typeof(TestRun))]
    public Task Cancelling_a_wait_ends_the_run_and_leaves_no_task_working(string model)
    {
        var delay = new DelayWorkload();
        var anHour = new TaskInput(3_600_000, 0, 42);
        ScriptedWorkload workload = ScriptedWorkload.IoBound(
            (_, execution) => delay.Execute(anHour, execution),
            (_, execution) => delay.ExecuteAsync(anHour, execution).AsTask());
        return CancelledAsync(model, workload, waiting => waiting.Inside > 0);
    }

    [Theory]
    [MemberData(nameof(TestRun.Models), MemberType = typeof(TestRun))]
    public async Task Tasks_too_small_for_a_checkpoint_are_not_begun_after_the_cancellation(string model)
    {
        using var cancellation = new CancellationTokenSource();
        int begun = 0;
        ScriptedWorkload workload = ScriptedWorkload.CpuBound((_, _) =>
        {
            if (Interlocked.Increment(ref begun) == 10)
                cancellation.Cancel();
            return 1;
        });
        RunContext run = TestRun.Context(workload, tasks: 10_000, cancellationToken: cancellation.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TestRun.ExecuteAsync(model, run));

        Assert.InRange(begun, 10, 10 + run.Degree);
    }

    [Theory]
    [MemberData(nameof(TestRun.Models), MemberType = typeof(TestRun))]
    public async Task A_run_that_is_cancelled_before_it_begins_executes_nothing(string model)
    {
        ScriptedWorkload workload = ScriptedWorkload.CpuBound((_, _) => 1);
        RunContext run = TestRun.Context(workload, cancellationToken: new CancellationToken(canceled: true));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TestRun.ExecuteAsync(model, run));

        Assert.Equal(0, workload.MostInside);
    }

    [Theory]
    [MemberData(nameof(TestRun.Models), MemberType = typeof(TestRun))]
    public async Task A_workload_may_report_the_cancellation_with_a_token_of_its_own(string model)
    {
        using var cancellation = new CancellationTokenSource();
        ScriptedWorkload workload = ScriptedWorkload.CpuBound((_, execution) =>
        {
            cancellation.Cancel();
            throw new OperationCanceledException(new CancellationToken(canceled: true));
        });
        RunContext run = TestRun.Context(workload, tasks: 20, cancellationToken: cancellation.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TestRun.ExecuteAsync(model, run));

        Assert.Empty(run.Recorder.Attempts());
    }

    private static ulong ComputeForEver(TaskInput task, Execution execution)
    {
        while (true)
            execution.Checkpoint();
    }

    private static async Task CancelledAsync(string model, ScriptedWorkload workload, Func<ScriptedWorkload, bool> underWay)
    {
        using var cancellation = new CancellationTokenSource();
        RunContext run = TestRun.Context(workload, tasks: 50, cancellationToken: cancellation.Token);
        Task executing = TestRun.ExecuteAsync(model, run);

        await Patience.UntilAsync(() => underWay(workload), "a task is under way");
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => executing);
        Assert.Equal(0, workload.Inside);
        Assert.Equal(50, run.Recorder.Remaining);
    }
}
