using System.Diagnostics;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Pool;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Workers.Tests.Pool;

public sealed class ProcessPoolTests
{
    private const int GuardMs = 120_000;

    [Fact(Timeout = GuardMs)]
    public async Task Every_task_is_executed_once_in_a_child_process()
    {
        await using var fixture = new PoolFixture();
        foreach ((int degree, int tasks) in ((int, int)[])[(1, 1), (1, 5_000), (2, 5_000), (5, 3)])
        {
            RunContext run = await fixture.BeginAsync("empty", tasks: tasks, degree: degree);
            IReadOnlyList<TaskAttempt> attempts = await fixture.RunAsync(run);

            Assert.Equal(Enumerable.Range(0, tasks), attempts.Select(attempt => attempt.TaskIndex));
            Assert.All(attempts, attempt =>
            {
                Assert.Equal((1, TaskOutcome.Succeeded), (attempt.Attempt, attempt.Outcome));
                Assert.Equal(Checksum.Start(run.Order.Input(attempt.TaskIndex)), attempt.Checksum);
                Assert.NotEqual(Environment.ProcessId, attempt.Host.ProcessId);
                Assert.NotEqual(0, attempt.ThreadId);
            });
            Assert.InRange(attempts.Select(attempt => attempt.Host).Distinct().Count(), 1, degree);
        }
    }

    [Fact(Timeout = GuardMs)]
    public async Task Times_of_all_processes_are_on_one_clock()
    {
        await using var fixture = new PoolFixture();
        RunContext run = await fixture.BeginAsync("pause", size: 2, tasks: 20);
        IReadOnlyList<TaskAttempt> attempts = await fixture.RunAsync(run);
        long ended = Stopwatch.GetTimestamp();
        Assert.All(attempts, attempt =>
        {
            Assert.Equal(run.Recorder.BeganTicks, attempt.QueuedTicks);
            Assert.True(attempt.QueuedTicks <= attempt.StartedTicks);
            Assert.True(attempt.StartedTicks < attempt.FinishedTicks);
            Assert.True(attempt.FinishedTicks <= ended);
        });
        Assert.Equal(2, attempts.Select(attempt => attempt.Host).Distinct().Count());
    }

    [Fact(Timeout = GuardMs)]
    public async Task Processes_are_kept_for_later_runs_of_any_degree()
    {
        await using var fixture = new PoolFixture();
        await fixture.RunAsync("empty", degree: 1);
        HostIdentity first = Assert.Single(fixture.Pool.Workers);
        await fixture.RunAsync("empty", degree: 3);
        Assert.Equal(3, fixture.Pool.Workers.Count);
        Assert.Contains(first, fixture.Pool.Workers);
        await fixture.RunAsync("pause", degree: 2, tasks: 10);
        await fixture.RunAsync("empty", degree: 1);
        Assert.Equal(first, Assert.Single(fixture.Pool.Workers));
    }

    [Fact(Timeout = GuardMs)]
    public async Task A_process_killed_between_runs_is_replaced()
    {
        await using var fixture = new PoolFixture();
        await fixture.RunAsync("empty");
        HostIdentity victim = fixture.Pool.Workers[0];
        using (var process = Process.GetProcessById(victim.ProcessId))
            process.Kill();
        IReadOnlyList<TaskAttempt> attempts = await fixture.RunAsync("pause", tasks: 10);
        Assert.All(attempts, attempt => Assert.Equal(1, attempt.Attempt));
        Assert.DoesNotContain(victim, fixture.Pool.Workers);
        Assert.Equal(2, fixture.Pool.Workers.Count);
    }

    [Fact(Timeout = GuardMs)]
    public async Task What_the_processes_used_is_reported()
    {
        await using var fixture = new PoolFixture();
        await fixture.RunAsync("primes", size: 20_000, tasks: 40);
        IReadOnlyList<ResourceUsage> usage = await fixture.Pool.EndAsync();
        Assert.Equal(2, usage.Count);
        Assert.All(usage, one => Assert.True(one.CpuTime > TimeSpan.Zero));
        Assert.All(usage, one => Assert.True(one.PeakRssBytes > 0));
    }

    [Fact(Timeout = GuardMs)]
    public async Task A_workload_that_the_program_does_not_know_fails_the_run_with_its_name()
    {
        await using var fixture = new PoolFixture();
        WorkerStartException exception = await Assert.ThrowsAsync<WorkerStartException>(
            () => fixture.Pool.BeginAsync(PoolFixture.Order("juggling")));
        Assert.Contains("unknown workload 'juggling'", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = GuardMs)]
    public async Task A_program_that_cannot_serve_fails_the_run_with_its_words()
    {
        await using var pool = new ProcessPool(TestHostLaunch.With("die-at-once"), new WorkloadEnvironment());
        WorkerStartException exception = await Assert.ThrowsAsync<WorkerStartException>(
            () => pool.BeginAsync(PoolFixture.Order("empty")));
        Assert.Contains("no configuration found in /nowhere", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = GuardMs)]
    public async Task A_cancelled_run_ends_and_leaves_a_pool_that_works()
    {
        await using var fixture = new PoolFixture();
        using var cancellation = new CancellationTokenSource();
        RunContext run = await fixture.BeginAsync("pause", size: 3_600_000, cancellationToken: cancellation.Token);
        IReadOnlyList<HostIdentity> busy = fixture.Pool.Workers;
        Task execution = fixture.Pool.RunAsync(run);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => execution);
        Assert.DoesNotContain(busy, host => SystemProcesses.IsKnown(host.ProcessId));
        Assert.Empty(run.Recorder.Attempts());

        Assert.Equal(100, (await fixture.RunAsync("empty")).Count);
    }

    [Fact(Timeout = GuardMs)]
    public async Task What_a_cancelled_run_has_measured_is_kept()
    {
        await using var fixture = new PoolFixture();
        using var cancellation = new CancellationTokenSource();
        RunContext run = await fixture.BeginAsync("pause", size: 1, tasks: 100_000, cancellationToken: cancellation.Token);
        Task execution = fixture.Pool.RunAsync(run);
        await Eventually.True(() => run.Recorder.Remaining < 99_900, "some results");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => execution);
        int counted = run.Tasks - run.Recorder.Remaining;
        Assert.InRange(counted, 100, 99_999);
        Assert.All(run.Recorder.Attempts(), attempt => Assert.Equal(TaskOutcome.Succeeded, attempt.Outcome));
    }

    [Fact(Timeout = GuardMs)]
    public async Task A_preparation_can_be_cancelled()
    {
        await using var fixture = new PoolFixture();
        using var cancellation = new CancellationTokenSource();
        Task<RunContext> begin = fixture.BeginAsync("empty", degree: 8, cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => begin);
        Assert.Equal(100, (await fixture.RunAsync("empty")).Count);
    }
}
