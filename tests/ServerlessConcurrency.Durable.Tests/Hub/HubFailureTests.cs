using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Durable.Hub;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Durable.Tests.Hub;

public sealed class HubFailureTests(QueueStorage storage) : IClassFixture<QueueStorage>
{
    [Fact(Timeout = HubLab.Guard)]
    public async Task A_task_that_does_not_end_when_its_time_is_over_is_tried_again_and_its_process_is_gone_after_the_run()
    {
        await using var lab = new HubLab(storage.ConnectionString);
        RunContext run = lab.NewRun("durable", "hangs-once", 1, tasks: 6, taskTimeout: TimeSpan.FromSeconds(1));

        await lab.SucceedAsync(run);

        TaskAttempt[] attempts = [.. run.Recorder.Attempts().Where(attempt => attempt.TaskIndex == 1)];
        Assert.Equal(
            [(1, TaskOutcome.TimedOut), (2, TaskOutcome.Succeeded)], attempts.Select(attempt => (attempt.Attempt, attempt.Outcome)));
        Assert.Contains("took longer than the 1 s", attempts[0].Error, StringComparison.Ordinal);
        Assert.False(SystemProcesses.IsRunning(attempts[0].Host.ProcessId));
    }

    [Fact(Timeout = HubLab.Guard)]
    public async Task A_batch_that_does_not_end_when_its_time_is_over_is_tried_again_and_its_process_is_gone_after_the_run()
    {
        await using var lab = new HubLab(storage.ConnectionString);
        RunContext run = lab.NewRun("durable-batch", "hangs-once", 1, tasks: 4, taskTimeout: TimeSpan.FromSeconds(1));

        await lab.SucceedAsync(run);
        IReadOnlyList<int> hosts = lab.Hosts.ProcessIds;
        await lab.SucceedAsync(lab.NewRun("durable-batch", "counts", 1, tasks: 4));

        TaskAttempt[] attempts = [.. run.Recorder.Attempts().Where(attempt => attempt.TaskIndex == 1)];
        Assert.Single(lab.Hosts.ProcessIds.Intersect(hosts));
        Assert.Equal([(1, TaskOutcome.Lost), (2, TaskOutcome.Succeeded)], attempts.Select(attempt => (attempt.Attempt, attempt.Outcome)));
    }

    [Fact(Timeout = HubLab.Guard)]
    public async Task A_hub_that_was_removed_is_named_as_the_reason()
    {
        await using var lab = new HubLab(storage.ConnectionString);
        DurableModel model = lab.CreateModel("durable");
        await model.PrepareAsync(lab.NewRun("durable", "empty", 1, tasks: 2, degree: 1));
        await TaskHubCleanup.DeleteAbandonedAsync(lab.Account, DateTimeOffset.UtcNow.AddHours(1), default);

        StorageUnavailableException exception = await Assert.ThrowsAsync<StorageUnavailableException>(
            () => model.ExecuteAsync(lab.NewRun("durable", "empty", 1, tasks: 2, degree: 1)));

        Assert.Matches("the task hub [a-z0-9]+ cannot be used: the storage answered 404 .*Was it removed meanwhile", exception.Message);
    }

    [Fact(Timeout = HubLab.Guard)]
    public async Task Hosts_that_cannot_start_fail_the_run_with_their_last_words()
    {
        await using var lab = new HubLab(storage.ConnectionString, command: "die-at-once");

        WorkerStartException exception = await Assert.ThrowsAsync<WorkerStartException>(
            () => lab.ExecuteAsync(lab.NewRun("durable", "empty", 1, tasks: 1)));

        Assert.Contains("no configuration found in /nowhere", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = HubLab.Guard)]
    public async Task A_cancelled_run_leaves_neither_process_nor_hub()
    {
        await using var lab = new HubLab(storage.ConnectionString);
        using var cancellation = new CancellationTokenSource();
        Task executing = lab.ExecuteAsync(lab.NewRun("durable", "counts", 200, tasks: 200, cancellationToken: cancellation.Token));
        await lab.BegunAsync(3);
        IReadOnlyList<int> hosts = lab.Hosts.ProcessIds;

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => executing);

        // At once, not only when the model is disposed.
        Assert.Equal(2, hosts.Count);
        Assert.DoesNotContain(hosts, SystemProcesses.IsKnown);
        Assert.Empty(await lab.NamesAsync());
        Assert.True(lab.Executions < 100, "it went on");

        await lab.SucceedAsync(lab.NewRun("durable", "counts", 1, tasks: 5, degree: 1));
    }
}
