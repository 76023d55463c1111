using FsCheck.Xunit;
using ServerlessConcurrency.Workers.Queue;

namespace ServerlessConcurrency.Workers.Tests.Queue;

public sealed class PrefetchTests
{
    [Property]
    public bool A_batch_is_never_empty_never_over_32_and_never_more_than_a_quarter_of_a_workers_share(
        ushort tasks, byte degree, ushort requestMicroseconds, ushort taskMicroseconds)
    {
        var prefetch = new Prefetch(tasks + 1, degree + 1);
        prefetch.RequestTook(TimeSpan.FromMicroseconds(requestMicroseconds));
        prefetch.TaskTook(TimeSpan.FromMicroseconds(taskMicroseconds));
        double quarterOfShare = (tasks + 1) / (4.0 * (degree + 1));
        return prefetch.BatchSize is >= 1 and <= 32
            && prefetch.BatchSize < quarterOfShare + 1
            && prefetch.LowWater >= 0
            && prefetch.LowWater <= prefetch.BatchSize;
    }

    [Theory]
    [InlineData(4, 0.01, 32, 31)]
    [InlineData(4, 1, 16, 3)]
    [InlineData(4, 5, 4, 0)]
    [InlineData(4, 20, 1, 0)]
    public void Short_tasks_come_in_large_batches_fetched_ahead_and_long_ones_one_by_one(
        double requestMs, double taskMs, int batchSize, int lowWater)
    {
        var prefetch = new Prefetch(tasks: 10_000, degree: 2);
        prefetch.RequestTook(TimeSpan.FromMilliseconds(requestMs));
        prefetch.TaskTook(TimeSpan.FromMilliseconds(taskMs));

        Assert.Equal((batchSize, lowWater), (prefetch.BatchSize, prefetch.LowWater));
    }

    [Fact]
    public void The_first_message_is_taken_alone_and_so_is_every_one_after_a_redelivery()
    {
        var prefetch = new Prefetch(tasks: 10_000, degree: 2);
        Assert.Equal((1, 0), (prefetch.BatchSize, prefetch.LowWater));

        prefetch.RequestTook(TimeSpan.FromMilliseconds(4));
        prefetch.TaskTook(TimeSpan.FromMilliseconds(0.01));
        prefetch.IsCareful = true;
        Assert.Equal((1, 0), (prefetch.BatchSize, prefetch.LowWater));
    }
}
