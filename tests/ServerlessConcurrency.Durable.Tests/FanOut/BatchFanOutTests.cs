using System.Collections.Concurrent;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Tests.InMemory;

namespace ServerlessConcurrency.Durable.Tests.FanOut;

public sealed class BatchFanOutTests
{
    [Theory(Timeout = TestApp.Guard)]
    [InlineData("primes", 50)]
    [InlineData("delay", 1)]
    public async Task Every_share_is_executed_as_one_activity_and_every_task_is_a_row(string kind, long size)
    {
        await using var app = new TestApp();

        RunResult run = (await app.FanOutAsync(SmallExperiment.Run("durable-batch", 10, 3, kind, size)))!;

        Assert.Equal(3, app.Log.MostOpen(nameof(ExecuteTaskBatch)));
        IReadOnlyList<TaskTiming> rows = app.Memory.Rows(run.RunId);
        Assert.Equal(Enumerable.Range(0, 10), rows.Select(row => row.TaskIndex));
        Assert.All(rows, row => Assert.Equal((1, TaskOutcome.Succeeded, HostIdentity.Current.Id), (row.Attempt, row.Outcome, row.HostId)));
        Assert.All(rows, row => Assert.True(row.QueuedMs >= 0 && row.StartedMs <= row.FinishedMs && row.FinishedMs <= run.WallMs + 5, $"{row}"));
        Assert.Equal((0, 0, 1, null), (run.Failed, run.Retried, run.Hosts, run.Error));
        Assert.NotNull(run.CpuMs);
    }

    [Theory(Timeout = TestApp.Guard)]
    [InlineData(7, "2, 2, 3")]
    [InlineData(10, "3, 3, 4")]
    [InlineData(null, "all, all, all")]
    public async Task Every_share_gets_its_part_of_the_tasks_in_flight_and_keeps_to_it(int? inFlight, string expected)
    {
        var shares = new ConcurrentBag<RunOrder>();
        await using var app = new TestApp();
        Func<BatchRequest, Task<BatchResult>> execute = app.ExecuteTaskBatch;
        app.ExecuteTaskBatch = request =>
        {
            shares.Add(request.Share);
            return execute(request);
        };

        RunResult run = (await app.FanOutAsync(SmallExperiment.Run("durable-batch", 10, 3, "delay", 20) with { InFlight = inFlight }))!;

        RunOrder[] inOrder = [.. shares.OrderBy(share => share.FirstTask)];
        Assert.Equal(expected, string.Join(", ", inOrder.Select(share => $"{share.InFlight}").Select(text => text.Length == 0 ? "all" : text)));
        Assert.Equal((inFlight, 0), (run.InFlight, run.Failed));
        IReadOnlyList<TaskTiming> rows = app.Memory.Rows(run.RunId);
        Assert.All(inOrder, share => Assert.InRange(
            MostAtOnce([.. rows.Where(row => row.TaskIndex >= share.FirstTask && row.TaskIndex < share.FirstTask + share.Tasks)]), 1, share.InFlight ?? share.Tasks));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_batch_and_single_activities_compute_the_same()
    {
        await using var single = new TestApp();
        await using var batch = new TestApp();

        RunResult one = (await single.FanOutAsync(SmallExperiment.Run("durable", 7, 2)))!;
        RunResult other = (await batch.FanOutAsync(SmallExperiment.Run("durable-batch", 7, 2)))!;

        Assert.Equal(one.Checksum, other.Checksum);
        Assert.Equal(
            single.Memory.Rows(one.RunId).Select(row => row.Checksum), batch.Memory.Rows(other.RunId).Select(row => row.Checksum));
    }

    [Theory(Timeout = TestApp.Guard)]
    [InlineData(ExecuteTaskBatch.MostReturned, false)]
    [InlineData(ExecuteTaskBatch.MostReturned + 1, true)]
    public async Task Few_attempts_are_returned_and_many_go_through_a_file(int tasksPerShare, bool isFile)
    {
        var results = new ConcurrentBag<BatchResult>();
        await using var app = new TestApp();
        Func<BatchRequest, Task<BatchResult>> execute = app.ExecuteTaskBatch;
        app.ExecuteTaskBatch = async request =>
        {
            BatchResult result = await execute(request);
            results.Add(result);
            return result;
        };

        RunResult run = (await app.FanOutAsync(SmallExperiment.Run("durable-batch", 2 * tasksPerShare, 2, size: 2)))!;

        Assert.Equal(2, results.Count);
        Assert.All(results, result => Assert.Equal((isFile ? 0 : tasksPerShare, isFile), (result.Attempts.Count, result.File is not null)));
        Assert.DoesNotContain(app.Memory.Files(), file => file.StartsWith("batch-", StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(0, 2 * tasksPerShare), app.Memory.Rows(run.RunId).Select(row => row.TaskIndex));
        Assert.Equal((0, 2 * tasksPerShare), (run.Failed, app.Memory.RowsWritten));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_lost_share_is_tried_again_as_a_whole()
    {
        int losses = 1;
        await using var app = new TestApp();
        Func<BatchRequest, Task<BatchResult>> execute = app.ExecuteTaskBatch;
        app.ExecuteTaskBatch = request => request.Share.FirstTask == 5 && Interlocked.Decrement(ref losses) >= 0
            ? throw new InvalidOperationException("the host died")
            : execute(request);

        RunResult run = (await app.FanOutAsync(SmallExperiment.Run("durable-batch", 10, 2)))!;

        Assert.Equal((0, 5, 1, null), (run.Failed, run.Retried, run.ProcessesLost, run.Error));
        IReadOnlyList<TaskTiming> rows = app.Memory.Rows(run.RunId);
        Assert.Equal(
            Enumerable.Range(5, 5).Select(task => (task, 1)),
            rows.Where(row => row.Outcome == TaskOutcome.Lost).Select(row => (row.TaskIndex, row.Attempt)));
        Assert.Equal(
            Enumerable.Range(0, 10).Select(task => (task, task < 5 ? 1 : 2)),
            rows.Where(row => row.Outcome == TaskOutcome.Succeeded).Select(row => (row.TaskIndex, row.Attempt)));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_share_that_is_lost_each_time_is_named_and_the_others_are_kept()
    {
        await using var app = new TestApp();
        Func<BatchRequest, Task<BatchResult>> execute = app.ExecuteTaskBatch;
        app.ExecuteTaskBatch = request => request.Share.FirstTask == 0 ? throw new InvalidOperationException("the host died") : execute(request);

        RunResult run = (await app.FanOutAsync(SmallExperiment.Run("durable-batch", 10, 2)))!;

        Assert.Equal((5, 10, "tasks 0 to 4 were lost 3 times, at last of: the host died"), (run.Failed, run.Retried, run.Error));
        Assert.Equal(5, app.Memory.Rows(run.RunId).Count(row => row.Outcome == TaskOutcome.Succeeded));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_task_that_throws_in_a_share_fails_for_good_and_is_named()
    {
        await using var app = new TestApp();

        // No plan has such a size: the workload throws.
        RunResult run = (await app.FanOutAsync(SmallExperiment.Run("durable-batch", 4, 2, "file", size: -5)))!;

        Assert.Equal((4, 0), (run.Failed, run.Retried));
        Assert.Matches("^task [02] failed: ", run.Error);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_share_that_is_lost_after_its_file_was_written_replaces_the_file()
    {
        await using var app = new TestApp();
        await app.Store.SaveAsync(SmallExperiment.Document(SmallExperiment.Spec("durable-batch")));
        var activity = new ExecuteTaskBatch(app.Host, app.Journal);
        RunOrder share = SmallExperiment.Order("durable-batch", 500, 2, size: 2).Share(7, ExecuteTaskBatch.MostReturned + 1);
        var request = new BatchRequest(share, Attempt: 1, QueuedTicks: 0);

        BatchResult lost = await activity.RunAsync(request, default);
        BatchResult result = await activity.RunAsync(request with { Attempt = 2, QueuedTicks = 5 }, default);

        Assert.Equal(lost.File, result.File);
        IReadOnlyList<TaskAttempt> attempts = await app.Journal.ReadAttemptsAsync(SmallExperiment.Id, result.File!, default);
        Assert.Equal(Enumerable.Range(7, ExecuteTaskBatch.MostReturned + 1), attempts.Select(attempt => attempt.TaskIndex));
        Assert.All(attempts, attempt => Assert.Equal((2, 5), (attempt.Attempt, attempt.QueuedTicks)));
        Assert.Equal((HostIdentity.Current.Machine, Environment.ProcessId), (result.Machine, result.ProcessId));
    }

    private static int MostAtOnce(IReadOnlyList<TaskTiming> rows) =>
        rows.Max(row => rows.Count(other => other.StartedMs <= row.StartedMs && row.StartedMs < other.FinishedMs));
}
