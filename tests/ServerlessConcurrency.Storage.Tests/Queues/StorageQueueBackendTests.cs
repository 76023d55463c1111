using System.Diagnostics;
using Azure.Storage.Queues;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Queues;
using ServerlessConcurrency.Storage.Tests.Azurite;

namespace ServerlessConcurrency.Storage.Tests.Queues;

[Collection(AzuriteFixture.Collection)]
public sealed class StorageQueueBackendTests
{
    private const int Guard = 120_000;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private readonly StorageAccount _account;
    private readonly StorageQueueBackend _backend;

    public StorageQueueBackendTests(AzuriteFixture azurite)
    {
        _account = azurite.NewAccount();
        _backend = new StorageQueueBackend(_account);
    }

    [Fact(Timeout = Guard)]
    public async Task Messages_go_through_the_whole_life_of_a_task()
    {
        ITaskQueue queue = await CreateQueueAsync("20260131-093000-aaaa");
        await queue.SendAsync(Enumerable.Range(0, 50).Select(NewTask));

        var received = new List<ReceivedTask>();
        while (await queue.ReceiveAsync(32, Long) is { Count: > 0 } batch)
            received.AddRange(batch);
        Assert.Equal(Enumerable.Range(0, 50), received.Select(message => message.Task!.Index).Order());
        Assert.All(received, message => Assert.Equal(1, message.DeliveryCount));

        ReceivedTask renewed = (await queue.RenewAsync(received[0], Long))!;
        Assert.NotEqual(received[0].PopReceipt, renewed.PopReceipt);
        Assert.Null(await queue.RenewAsync(received[0], Long));
        Assert.False(await queue.CompleteAsync(received[0]));
        Assert.True(await queue.CompleteAsync(renewed));
        Assert.False(await queue.CompleteAsync(renewed));

        Assert.NotNull(await queue.RenewAsync(received[1], TimeSpan.Zero));
        ReceivedTask again = Assert.Single(await queue.ReceiveAsync(32, Long));
        Assert.Equal((received[1].Task, 2L), (again.Task, again.DeliveryCount));

        await queue.DeleteAsync();
        await queue.DeleteAsync();
        Assert.Null(await queue.RenewAsync(received[2], Long));
    }

    [Fact(Timeout = Guard)]
    public async Task A_poisoned_message_is_kept_as_it_came_in_a_queue_that_all_share()
    {
        ITaskQueue first = await CreateQueueAsync("20260131-093000-aaaa");
        ITaskQueue second = await CreateQueueAsync("20260131-093000-bbbb");
        await _account.Queues.GetQueueClient($"{_account.Names.Prefix}tasks-20260131-093000-aaaa").SendMessageAsync("<no task & no JSON>");
        await second.SendAsync([NewTask(7)]);

        ReceivedTask unreadable = Assert.Single(await first.ReceiveAsync(32, Long));
        Assert.Null(unreadable.Task);
        await first.PoisonAsync(unreadable);
        await second.PoisonAsync(Assert.Single(await second.ReceiveAsync(32, Long)));
        Assert.False(await first.CompleteAsync(unreadable));

        QueueClient poison = _account.Queues.GetQueueClient($"{_account.Names.Prefix}tasks-poison");
        string[] kept = [.. (await poison.PeekMessagesAsync(32)).Value.Select(message => message.MessageText)];
        Assert.Equal(["<no task & no JSON>", QueuedTaskMessage.Write(NewTask(7))], kept);
    }

    [Fact(Timeout = Guard)]
    public async Task Attempts_come_back_as_they_were_written()
    {
        long began = Stopwatch.GetTimestamp();
        TaskAttempt[] attempts =
        [
            new(0, 1, new HostIdentity("a-machine-7", 7), 11, began + 1_000, began + 2_000_000, began + 3_000_000, 0, TaskOutcome.Failed, "it broke"),
            new(0, 2, new HostIdentity("a-machine", 8), 12, began + 1_000, began + 4_000_000, began + 5_000_000, ulong.MaxValue, TaskOutcome.Succeeded),
            .. Enumerable.Range(1, 250).Select(index => new TaskAttempt(
                index, 1, new HostIdentity("a-machine", 8), 12, began, began, began + index, (ulong)index, TaskOutcome.Succeeded)),
        ];

        await _backend.Results.CreateAsync("e");
        await _backend.Results.CreateAsync("e");
        await _backend.Results.WriteAsync("e", "r1", began, attempts);
        await _backend.Results.WriteAsync("e", "r1", began, attempts[..10]);
        await _backend.Results.WriteAsync("e", "r10", began, attempts[..1]);

        Assert.Equal(attempts, await ReadAsync("r1", began, 0, 250), SameUpToAMicrosecond);
        Assert.Equal(attempts[101..111], await ReadAsync("r1", began, 100, 109), SameUpToAMicrosecond);
        Assert.Single(await ReadAsync("r10", began, 0, 250));
    }

    [Fact(Timeout = Guard)]
    public async Task Attempts_that_come_after_their_experiment_has_ended_are_dropped()
    {
        TaskAttempt attempt = new(0, 1, new HostIdentity("a", 1), 1, 0, 0, 1, 1, TaskOutcome.Succeeded);
        await _backend.Results.CreateAsync("late");
        await _backend.Results.WriteAsync("late", "r1", 0, [attempt]);

        await _backend.Results.DeleteAsync("late");
        await _backend.Results.DeleteAsync("late");

        await _backend.Results.WriteAsync("late", "r1", 0, [attempt]);
        Assert.Empty(await _backend.Results.ReadAsync("late", "r1", 0, 0, 0).ToListAsync());
        Assert.DoesNotContain(_account.Names.AttemptsOf("late"), await _account.Tables.QueryAsync().Select(table => table.Name).ToListAsync());
    }

    private static bool SameUpToAMicrosecond(TaskAttempt expected, TaskAttempt actual) =>
        Near(expected.QueuedTicks, actual.QueuedTicks)
        && Near(expected.StartedTicks, actual.StartedTicks)
        && Near(expected.FinishedTicks, actual.FinishedTicks)
        && WithoutTimes(expected) == WithoutTimes(actual);

    private static bool Near(long expected, long actual) => Stopwatch.GetElapsedTime(expected, actual).Duration().TotalMicroseconds < 1;

    private static TaskAttempt WithoutTimes(TaskAttempt attempt) =>
        attempt with { QueuedTicks = 0, StartedTicks = 0, FinishedTicks = 0 };

    private static QueuedTask NewTask(int index) => new(
        new RunOrder
        {
            ExperimentId = "20260131-093000-aaaa",
            RunId = "r1",
            Model = "queue",
            Workload = "primes",
            Size = 1,
            Tasks = 50,
            Degree = 2,
            Seed = 42,
            TaskTimeout = TimeSpan.FromSeconds(60),
            BeganTicks = 1,
        },
        index,
        QueuedTicks: 2);

    private async Task<ITaskQueue> CreateQueueAsync(string experimentId)
    {
        ITaskQueue queue = _backend.OpenQueue(experimentId);
        await queue.CreateAsync();
        return queue;
    }

    private async Task<List<TaskAttempt>> ReadAsync(string runId, long began, int from, int to) =>
        await _backend.Results.ReadAsync("e", runId, began, from, to).ToListAsync();
}
