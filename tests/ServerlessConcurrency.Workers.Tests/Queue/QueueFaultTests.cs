using System.Diagnostics;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.Queue;
using ServerlessConcurrency.Workers.TestHost.Queue;

namespace ServerlessConcurrency.Workers.Tests.Queue;

public sealed class QueueFaultTests(QueueStorage storage) : IClassFixture<QueueStorage>, IDisposable
{
    private const int Guard = 120_000;

    private readonly QueueLab _lab = new(storage);

    public void Dispose() => _lab.Dispose();

    [Fact(Timeout = Guard)]
    public async Task A_killed_worker_is_replaced_and_each_of_its_tasks_is_counted_once()
    {
        // Enough for some seconds: a result of the victim is seen long before it has executed its share, however late it is collected.
        const int Tasks = 100;
        await using QueueModel model = _lab.CreateModel(QueueLab.Hasty);
        RunContext run = _lab.NewRun("counts", 100, Tasks);
        await model.PrepareAsync(run);
        int victim = model.WorkerProcessIds[0];
        run.Recorder.BeganTicks = Stopwatch.GetTimestamp();

        Task executing = model.ExecuteAsync(run);
        await Eventually.True(() => run.Recorder.Attempts().Any(attempt => attempt.Host.ProcessId == victim), "a result of the victim");
        Process.GetProcessById(victim).Kill();
        await executing;
        await model.CompleteAsync(run);

        Assert.Equal(0, run.Recorder.Remaining);
        IReadOnlyList<TaskAttempt> attempts = run.Recorder.Attempts();
        Assert.Equal(Enumerable.Range(0, Tasks), attempts.Where(IsSuccess).Select(attempt => attempt.TaskIndex));
        // What it had in hand, which on a busy machine may be nothing, came once more.
        Assert.All(attempts, attempt => Assert.InRange(attempt.Attempt, 1, 2));
        Assert.Equal((1, 0), (run.Facts.ProcessesLost, run.Facts.PoisonMessages));
        Assert.DoesNotContain(victim, model.WorkerProcessIds);
        Assert.Equal(2, model.WorkerProcessIds.Count);
        Assert.Equal(attempts.Count, (await _lab.RowsAsync(run)).Count);
    }

    [Fact(Timeout = Guard)]
    public async Task A_task_that_fails_once_succeeds_at_its_second_attempt_and_one_that_always_fails_ends_in_the_poison_queue_after_five_deliveries()
    {
        await using QueueModel model = _lab.CreateModel();
        RunContext once = _lab.NewRun("throws-once", 1, tasks: 6, degree: 1);

        await QueueLab.ExecuteAsync(model, once);

        Assert.Equal(QueueLab.SequentialChecksums(once), once.Recorder.Checksums());
        Assert.Equal(
            Enumerable.Repeat((1, TaskOutcome.Failed), 6).Concat(Enumerable.Repeat((2, TaskOutcome.Succeeded), 6)),
            once.Recorder.Attempts().Select(attempt => (attempt.Attempt, attempt.Outcome)).Order());
        Assert.Empty(await _lab.PoisonMessagesAsync());
        Assert.Equal(0, once.Facts.PoisonMessages);

        RunContext always = _lab.NewRun("always-throws", 1, tasks: 1, degree: 1);
        await QueueLab.ExecuteAsync(model, always);

        Assert.Equal(1, always.Recorder.Remaining);
        IReadOnlyList<TaskAttempt> attempts = always.Recorder.Attempts();
        Assert.Equal([1, 2, 3, 4, 5], attempts.Select(attempt => attempt.Attempt));
        Assert.All(attempts, attempt => Assert.Equal(
            (TaskOutcome.Failed, "InvalidOperationException: this task always fails"), (attempt.Outcome, attempt.Error)));
        Assert.Contains("\"index\":0", Assert.Single(await _lab.PoisonMessagesAsync()), StringComparison.Ordinal);
        Assert.Equal((0, 1), (always.Facts.ProcessesLost, always.Facts.PoisonMessages));
    }

    [Fact(Timeout = Guard)]
    public async Task A_task_that_kills_every_worker_ends_in_the_poison_queue_and_takes_no_other_with_it()
    {
        await using QueueModel model = _lab.CreateModel(new QueueOptions { VisibilityTimeout = TimeSpan.FromSeconds(6), MaxDeliveries = 3 });
        RunContext run = _lab.NewRun("kills-worker", 1, tasks: 20);

        await QueueLab.ExecuteAsync(model, run);

        Assert.Equal(1, run.Recorder.Remaining);
        Assert.False(run.Recorder.IsCounted(1));
        TaskAttempt last = run.Recorder.Attempts().Last(attempt => attempt.TaskIndex == 1);
        Assert.Equal((4, TaskOutcome.Failed), (last.Attempt, last.Outcome));
        Assert.Contains("delivered 3 times", last.Error, StringComparison.Ordinal);
        Assert.Contains("\"index\":1,", Assert.Single(await _lab.PoisonMessagesAsync()), StringComparison.Ordinal);
        Assert.Equal(3, MischievousWorkload.Executions(_lab.MarksFolder, 1));
        Assert.Equal((3, 1), (run.Facts.ProcessesLost, run.Facts.PoisonMessages));
    }

    [Fact(Timeout = Guard)]
    public async Task A_task_that_outlives_its_timeout_is_given_to_another_worker()
    {
        await using QueueModel model = _lab.CreateModel();
        RunContext run = _lab.NewRun("hangs-once", 1, tasks: 6, taskTimeout: TimeSpan.FromSeconds(1));

        await QueueLab.ExecuteAsync(model, run);

        Assert.Equal(0, run.Recorder.Remaining);
        TaskAttempt[] attempts = [.. run.Recorder.Attempts().Where(attempt => attempt.TaskIndex == 1)];
        Assert.Equal(
            [(1, TaskOutcome.TimedOut), (2, TaskOutcome.Succeeded)], attempts.Select(attempt => (attempt.Attempt, attempt.Outcome)));
        Assert.NotEqual(attempts[0].Host, attempts[1].Host);
    }

    [Fact(Timeout = Guard)]
    public async Task Workers_that_cannot_start_fail_the_run_with_their_last_words()
    {
        await using QueueModel model = _lab.CreateModel(command: "die-at-once");

        WorkerStartException exception = await Assert.ThrowsAsync<WorkerStartException>(
            async () => await model.PrepareAsync(_lab.NewRun("primes", 1, tasks: 1)));

        Assert.Contains("no configuration found in /nowhere", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Guard)]
    public async Task Workers_that_die_one_after_another_fail_the_run_with_their_last_words()
    {
        await using QueueModel model = _lab.CreateModelWithLostWorkers();
        RunContext run = _lab.NewRun("primes", 1, tasks: 1, degree: 1);

        var exception = await Assert.ThrowsAsync<WorkerStartException>(() => model.PrepareAsync(run).AsTask());

        Assert.Contains("connection string", exception.Message, StringComparison.Ordinal);
        Assert.Empty(model.WorkerProcessIds);
    }

    private static bool IsSuccess(TaskAttempt attempt) => attempt.Outcome == TaskOutcome.Succeeded;
}
