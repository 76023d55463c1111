using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Tests.InMemory;

namespace ServerlessConcurrency.Durable.Tests.FanOut;

public sealed class ExecuteTaskTests
{
    private const long TenSeconds = 10_000;

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_task_over_its_time_limit_is_timed_out()
    {
        await using var app = new TestApp();

        TaskResult result = await app.ExecuteTask(NewTask("delay", TenSeconds, 3) with { TaskTimeout = TimeSpan.FromSeconds(0.05) });

        Assert.Equal(
            (TaskOutcome.TimedOut, 0UL, "took longer than the 0.05 s of taskTimeoutSeconds"),
            (result.Outcome, result.Checksum, result.Error));
        Assert.True(result.FinishedTicks > result.StartedTicks);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_task_over_its_time_limit_is_tried_again_and_named()
    {
        await using var app = new TestApp();

        RunResult run = (await app.FanOutAsync(
            SmallExperiment.Run("durable", 2, 2, "delay", TenSeconds),
            new FanOutOptions { MaxAttempts = 2, RetryDelaySeconds = 0.01 },
            SmallExperiment.Spec("durable") with { TaskTimeoutSeconds = 0.05 }))!;

        Assert.Equal((2, 2), (run.Failed, run.Retried));
        Assert.Matches("^task [01] failed 2 times, at last of: took longer than the 0.05 s", run.Error);
        Assert.All(app.Memory.Rows(run.RunId), row => Assert.Equal(TaskOutcome.TimedOut, row.Outcome));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task Stopping_the_host_ends_the_task_without_a_result_so_that_another_host_takes_it()
    {
        await using var app = new TestApp();
        using var stopping = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new ExecuteTask(app.Host).RunAsync(NewTask("delay", TenSeconds, 0), stopping.Token));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task What_a_workload_throws_is_the_result_of_its_task()
    {
        await using var app = new TestApp();

        TaskResult result = await app.ExecuteTask(NewTask("no-such-workload", 1, 0));

        Assert.Equal((TaskOutcome.Failed, 0UL), (result.Outcome, result.Checksum));
        Assert.Contains("no-such-workload", result.Error);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_process_warms_up_for_a_workload_before_its_first_task()
    {
        await using var app = new TestApp();
        Workload workload = app.Host.Workloads.Get("primes");
        Assert.False(app.Host.WarmUp.IsWarm(workload, 1_000));

        await app.ExecuteTask(NewTask("primes", 1_000, 3));
        Assert.True(app.Host.WarmUp.IsWarm(workload, 1_000));
        Assert.False(app.Host.WarmUp.IsWarm(workload, 2_000));

        await app.Store.SaveAsync(SmallExperiment.Document(SmallExperiment.Spec("durable-batch")));
        await app.ExecuteTaskBatch(new BatchRequest(SmallExperiment.Order("durable-batch", 2, 2, size: 2_000), 1, 0));
        Assert.True(app.Host.WarmUp.IsWarm(workload, 2_000));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task Executing_a_task_again_computes_the_same_and_names_this_process()
    {
        await using var app = new TestApp();
        RunOrder request = NewTask("primes", 1_000, 3);

        TaskResult first = await app.ExecuteTask(request);
        TaskResult second = await app.ExecuteTask(request);

        Assert.NotEqual(0UL, first.Checksum);
        Assert.Equal(first.Checksum, second.Checksum);
        Assert.Equal((HostIdentity.Current.Machine, Environment.ProcessId), (first.Machine, first.ProcessId));
        Assert.NotEqual(first.Checksum, (await app.ExecuteTask(request with { FirstTask = 4 })).Checksum);
    }

    private static RunOrder NewTask(string kind, long size, int index) => SmallExperiment.Order("durable", 5, 2, kind, size).Share(index, 1);
}
