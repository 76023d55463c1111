using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Storage.Queues;
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

    [Fact(Timeout = 300_000)]
    public async Task A_message_with_any_value_replaced_is_no_task_or_has_an_attempt_that_is_stored()
    {
        var handler = new QueueTaskHandler(_lab.Workloads, _lab.Results, TimeProvider.System);
        RunOrder run = _lab.NewRun("always-throws", 1, tasks: 3).Begun with { TaskTimeout = TimeSpan.FromSeconds(2), FirstTask = 1, InFlight = 2 };
        string message = QueuedTaskMessage.Write(new QueuedTask(run, 2, 1));
        string[] values =
        [
            "null", "true", "0", "-1", "7", "1.5", "1e300", "2147483647", "-2147483648", "9223372036854775807", "\"\"", "\"x\"", "\"../../x\"", "\"a/b#c?d\"",
            "\"\\u0000\"", "\"\\u202e\"", "\"-00:00:00.001\"", "\"-00:00:05\"", "\"10675199.02:48:05\"", "[]", "{}",
        ];
        int handled = 0;
        foreach (string[] path in new[] { "index", "queuedTicks" }.Select(name => (string[])[name]).Concat(JsonNode.Parse(message)!["run"]!.AsObject().Select(field => (string[])["run", field.Key])))
        {
            foreach (string value in values)
            {
                JsonNode changed = JsonNode.Parse(message)!;
                path[..^1].Aggregate(changed, (node, name) => node[name]!)[path[^1]] = JsonNode.Parse(value);
                if (QueuedTaskMessage.Read(changed.ToJsonString()) is not { } task)
                    continue;
                Exception? thrown = await Record.ExceptionAsync(() => handler.HandleAsync(task, 1));
                Assert.True(thrown is null, $"{string.Join('.', path)} = {value}: {thrown}");
                handled++;
            }
        }

        Assert.NotEqual(0, handled);
    }
}
