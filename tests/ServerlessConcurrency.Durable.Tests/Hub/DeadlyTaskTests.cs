using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Workers.TestHost.Queue;
using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Durable.Tests.Hub;

/// <summary>By itself: each death of a host is followed by the wait until its task comes back.</summary>
public sealed class DeadlyTaskTests(QueueStorage storage) : IClassFixture<QueueStorage>
{
    private static readonly FanOutOptions Twice = new() { MaxAttempts = 2 };

    [Fact(Timeout = HubLab.Guard)]
    public async Task A_task_that_kills_its_host_each_time_is_given_up_and_takes_no_other_with_it()
    {
        await using var lab = new HubLab(storage.ConnectionString, visibility: HubLab.Hasty, options: Twice);
        RunContext run = lab.NewRun("durable", "kills-worker", 1, tasks: 12);

        await lab.ExecuteAsync(run);

        Assert.Equal([0, .. Enumerable.Range(2, 10)], HubLab.Successes(run).Select(attempt => attempt.TaskIndex));
        TaskAttempt[] failed = [.. run.Recorder.Attempts().Where(attempt => attempt.TaskIndex == 1)];
        Assert.NotEmpty(failed);
        Assert.All(failed, attempt => Assert.Equal(
            (TaskOutcome.Lost, "its host process died each time"), (attempt.Outcome, attempt.Error)));
        Assert.Equal(2, run.Facts.ProcessesLost);
        Assert.Equal(2, MischievousWorkload.Executions(lab.MarksFolder, 1));
    }

    [Fact(Timeout = HubLab.Guard)]
    public async Task A_share_that_kills_its_host_each_time_is_given_up_and_takes_no_other_with_it()
    {
        await using var lab = new HubLab(storage.ConnectionString, visibility: HubLab.Hasty, options: Twice);
        RunContext run = lab.NewRun("durable-batch", "kills-worker", 1, tasks: 6);

        await lab.ExecuteAsync(run);

        Assert.Equal([3, 4, 5], HubLab.Successes(run).Select(attempt => attempt.TaskIndex));
        Assert.Equal(3, run.Recorder.Remaining);
        ILookup<int, TaskAttempt> failed = run.Recorder.Attempts().Where(attempt => attempt.TaskIndex < 3).ToLookup(attempt => attempt.TaskIndex);
        Assert.Equal([0, 1, 2], failed.Select(task => task.Key).Order());
        Assert.All(failed, task => Assert.Equal(
            [(1, TaskOutcome.Lost), (2, TaskOutcome.Lost)], task.Select(attempt => (attempt.Attempt, attempt.Outcome))));
        Assert.All(failed.SelectMany(task => task), attempt => Assert.Equal("its host process died each time", attempt.Error));
        Assert.Equal(2, run.Facts.ProcessesLost);
        Assert.Equal(2, MischievousWorkload.Executions(lab.MarksFolder, 1));
    }
}
