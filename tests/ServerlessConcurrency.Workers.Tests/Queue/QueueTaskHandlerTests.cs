using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Workers.Queue;
using ServerlessConcurrency.Workers.TestHost.Queue;

namespace ServerlessConcurrency.Workers.Tests.Queue;

public sealed class QueueTaskHandlerTests(QueueStorage storage) : IClassFixture<QueueStorage>, IDisposable
{
    private readonly QueueLab _lab = new(storage);

    public void Dispose() => _lab.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task A_task_that_has_succeeded_is_not_executed_at_its_next_delivery()
    {
        var handler = new QueueTaskHandler(_lab.Workloads, _lab.Results, TimeProvider.System);
        RunContext run = _lab.NewRun("counts", 1, tasks: 3);
        QueuedTask task = QueueLab.Message(run, 2);

        TaskAttempt? first = await handler.HandleAsync(task, 1);
        Assert.Null(await handler.HandleAsync(task, 2));

        Assert.Equal((2, 1, TaskOutcome.Succeeded, HostIdentity.Current), (first!.Value.TaskIndex, first.Value.Attempt, first.Value.Outcome, first.Value.Host));
        Assert.Equal(1, MischievousWorkload.Executions(_lab.MarksFolder, 2));
        Assert.Equal(first.Value.Checksum, Assert.Single(await _lab.RowsAsync(run)).Checksum);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_task_that_has_failed_is_executed_again_and_both_attempts_are_stored()
    {
        var handler = new QueueTaskHandler(_lab.Workloads, _lab.Results, TimeProvider.System);
        RunContext run = _lab.NewRun("throws-once", 1, tasks: 1);
        QueuedTask task = QueueLab.Message(run, 0);

        Assert.Equal(TaskOutcome.Failed, (await handler.HandleAsync(task, 1))!.Value.Outcome);
        Assert.Equal(TaskOutcome.Succeeded, (await handler.HandleAsync(task, 2))!.Value.Outcome);

        Assert.Equal(
            [(1, "InvalidOperationException: once"), (2, null)],
            (await _lab.RowsAsync(run)).Select(row => (row.Attempt, row.Error)));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_workload_that_is_not_known_is_a_failed_task()
    {
        var handler = new QueueTaskHandler(_lab.Workloads, _lab.Results, TimeProvider.System);
        RunContext run = _lab.NewRun("counts", 1, tasks: 1);

        TaskAttempt? attempt = await handler.HandleAsync(new QueuedTask(run.Begun with { Workload = "knitting" }, 0, 0), 1);

        Assert.Equal(TaskOutcome.Failed, attempt!.Value.Outcome);
        Assert.Contains("unknown workload 'knitting'", attempt.Value.Error, StringComparison.Ordinal);
    }
}
