using System.Diagnostics;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Workers.Queue;
using ServerlessConcurrency.Workers.TestHost.Queue;

namespace ServerlessConcurrency.Workers.Tests.Queue;

public sealed class QueueModelTests(QueueStorage storage) : IClassFixture<QueueStorage>, IDisposable
{
    private const int Guard = 120_000;

    private readonly QueueLab _lab = new(storage);

    public void Dispose() => _lab.Dispose();

    [Fact(Timeout = Guard)]
    public async Task Every_task_is_done_and_computes_what_sequential_execution_computes_and_workers_stay_for_the_next_run()
    {
        await using QueueModel model = _lab.CreateModel();
        // Together long enough that no worker can be through with all of them before the other has looked into the queue.
        RunContext run = _lab.NewRun("delay", 50, tasks: 60);

        await QueueLab.ExecuteAsync(model, run);

        Assert.Equal(0, run.Recorder.Remaining);
        Assert.Equal(QueueLab.SequentialChecksums(run), run.Recorder.Checksums());
        IReadOnlyList<TaskAttempt> attempts = run.Recorder.Attempts();
        Assert.Equal(60, attempts.Count);
        Assert.All(attempts, attempt => Assert.Equal((1, TaskOutcome.Succeeded), (attempt.Attempt, attempt.Outcome)));
        Assert.Equal(2, attempts.Select(attempt => attempt.Host).Distinct().Count());
        Assert.DoesNotContain(HostIdentity.Current, attempts.Select(attempt => attempt.Host));
        Assert.All(attempts, attempt => Assert.True(
            run.Recorder.BeganTicks < attempt.QueuedTicks
            && attempt.QueuedTicks < attempt.StartedTicks
            && attempt.StartedTicks <= attempt.FinishedTicks));

        // Workers stay for the next run and report what they used.
        IReadOnlyList<int> first = model.WorkerProcessIds;
        RunContext next = _lab.NewRun("primes", 20_000, tasks: 20);
        await model.PrepareAsync(next);
        next.Recorder.BeganTicks = Stopwatch.GetTimestamp();
        await model.ExecuteAsync(next);
        var usage = await model.CompleteAsync(next);

        Assert.Equal(first, model.WorkerProcessIds);
        Assert.Equal(2, usage.Count);
        Assert.All(usage, used => Assert.True(used.CpuTime > TimeSpan.Zero && used.PeakRssBytes is null or > 1_000_000));
        Assert.Equal(0, next.Recorder.Remaining);
    }

    [Fact(Timeout = Guard)]
    public async Task Workers_compile_nothing_in_their_first_tasks()
    {
        await using QueueModel model = _lab.CreateModel();
        RunContext run = _lab.NewRun("compiles", 1, tasks: 8, degree: 1);

        await QueueLab.ExecuteAsync(model, run);

        Assert.Equal(new ulong[8], run.Recorder.Checksums());
        Assert.True(run.Facts.ProcessStart > TimeSpan.Zero);
    }

    [Fact(Timeout = Guard)]
    public async Task A_cold_run_begins_with_the_start_of_its_workers()
    {
        await using QueueModel model = _lab.CreateModel();
        var workers = new List<int>();
        for (int round = 1; round <= 2; round++)
        {
            RunContext run = _lab.NewRun("compiles", 1, tasks: 8, degree: 1, coldStart: true);
            await QueueLab.ExecuteAsync(model, run);
            TimeSpan wall = Stopwatch.GetElapsedTime(run.Recorder.BeganTicks);

            Assert.Equal(0, run.Recorder.Remaining);
            Assert.Contains(run.Recorder.Checksums(), compiled => compiled > 0);
            Assert.True(run.Facts.ProcessStart > TimeSpan.Zero && run.Facts.ProcessStart < wall, $"{run.Facts.ProcessStart} of {wall}");
            Assert.All(run.Recorder.Attempts(), attempt => Assert.True(
                Stopwatch.GetElapsedTime(run.Recorder.BeganTicks, attempt.StartedTicks) > run.Facts.ProcessStart));
            workers.AddRange(model.WorkerProcessIds);
        }

        Assert.Distinct(workers);
        Assert.Equal([false, true], workers.Select(SystemProcesses.IsKnown));
    }

    [Fact(Timeout = Guard)]
    public async Task A_task_longer_than_the_visibility_timeout_is_executed_once()
    {
        await using QueueModel model = _lab.CreateModel(new QueueOptions { VisibilityTimeout = TimeSpan.FromSeconds(12) });
        RunContext run = _lab.NewRun("counts", 15_000, tasks: 2);

        await QueueLab.ExecuteAsync(model, run);

        Assert.Equal([1, 1], run.Recorder.Attempts().Select(attempt => attempt.Attempt));
        Assert.Equal([1, 1], Enumerable.Range(0, 2).Select(index => MischievousWorkload.Executions(_lab.MarksFolder, index)));
    }

    [Fact(Timeout = Guard)]
    public async Task A_message_that_was_sent_twice_is_stored_once_and_of_an_experiment_no_table_stays()
    {
        QueueModel model = _lab.CreateModel();
        RunContext run = _lab.NewRun("primes", 500, tasks: 3, degree: 1);
        await model.PrepareAsync(run);
        run.Recorder.BeganTicks = Stopwatch.GetTimestamp();
        await _lab.OpenQueue().SendAsync(Enumerable.Repeat(QueueLab.Message(run, 1), 3));

        await model.ExecuteAsync(run);
        await model.CompleteAsync(run);

        Assert.Equal(3, run.Recorder.Attempts().Count(IsSuccess));
        Assert.Equal([0, 1, 2], (await _lab.RowsAsync(run)).Select(row => row.TaskIndex));
        Assert.NotEmpty(await _lab.TablesAsync());
        await model.DisposeAsync();
        Assert.Empty(await _lab.TablesAsync());
    }

    [Fact(Timeout = Guard)]
    public async Task Messages_that_are_no_tasks_of_the_run_do_not_disturb_it()
    {
        await using QueueModel model = _lab.CreateModel();
        RunContext run = _lab.NewRun("primes", 500, tasks: 5, degree: 1);
        await model.PrepareAsync(run);
        await _lab.QueueClient.SendMessageAsync("not a task");
        await _lab.QueueClient.SendMessageAsync("{\"experimentId\":\"x\"}");
        await _lab.OpenQueue().SendAsync([QueueLab.Message(run, 99), new QueuedTask(run.Begun with { RunId = "w7" }, 0, 0)]);

        run.Recorder.BeganTicks = Stopwatch.GetTimestamp();
        await model.ExecuteAsync(run);
        await model.CompleteAsync(run);

        Assert.Equal(5, (await _lab.RowsAsync(run)).Count);
        string[] poison = [.. (await _lab.PoisonMessagesAsync()).Order(StringComparer.Ordinal)];
        Assert.Equal(3, poison.Length);
        Assert.Equal("not a task", poison[0]);
        Assert.Contains("\"experimentId\":\"x\"", poison[1], StringComparison.Ordinal);
        Assert.Contains("\"index\":99", poison[2], StringComparison.Ordinal);
    }

    [Fact(Timeout = Guard)]
    public async Task A_cancelled_run_leaves_no_process_no_queue_and_no_row()
    {
        using var cancellation = new CancellationTokenSource();
        QueueModel model = _lab.CreateModel();
        RunContext run = _lab.NewRun("counts", 200, tasks: 50, cancellationToken: cancellation.Token);
        await model.PrepareAsync(run);
        int[] workers = [.. model.WorkerProcessIds];

        Task executing = model.ExecuteAsync(run);
        await Eventually.True(() => run.Recorder.Remaining < 50, "a first result");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => executing);
        await model.DisposeAsync();

        Assert.Equal(2, workers.Length);
        Assert.All(workers, worker => Assert.False(SystemProcesses.IsKnown(worker)));
        Assert.False(await _lab.QueueClient.ExistsAsync());
        Assert.Empty(await _lab.TablesAsync());
    }

    private static bool IsSuccess(TaskAttempt attempt) => attempt.Outcome == TaskOutcome.Succeeded;
}
