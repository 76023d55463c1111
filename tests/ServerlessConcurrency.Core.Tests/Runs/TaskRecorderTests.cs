using System.Diagnostics;
using FsCheck.Xunit;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Tests.Runs;

public sealed class TaskRecorderTests
{
    private static readonly HostIdentity Host = new("machine", 77);

    [Fact]
    public void The_first_success_counts_and_a_later_one_is_kept_as_a_duplicate()
    {
        var recorder = new TaskRecorder(2);

        Assert.True(recorder.Record(Attempt(0, 1, checksum: 10)));
        Assert.False(recorder.Record(Attempt(0, 2, checksum: 99)));

        Assert.Equal(1, recorder.Remaining);
        Assert.Equal([10UL, 0], recorder.Checksums());
        Assert.Equal([TaskOutcome.Succeeded, TaskOutcome.Duplicate], recorder.Attempts().Select(attempt => attempt.Outcome));
    }

    [Theory]
    [InlineData(TaskOutcome.Failed)]
    [InlineData(TaskOutcome.Lost)]
    [InlineData(TaskOutcome.TimedOut)]
    public void An_attempt_that_did_not_succeed_leaves_the_task_open(TaskOutcome outcome)
    {
        var recorder = new TaskRecorder(1);

        Assert.False(recorder.Record(Attempt(0, 1, outcome: outcome)));

        Assert.False(recorder.IsCounted(0));
        Assert.Equal(1, recorder.Remaining);
        Assert.True(recorder.Record(Attempt(0, 2)));
        Assert.Equal([outcome, TaskOutcome.Succeeded], recorder.Attempts().Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task Concurrent_duplicates_count_once()
    {
        const int Tasks = 2_000;
        const int Deliveries = 4;
        var recorder = new TaskRecorder(Tasks);
        int counted = 0;
        using var start = new Barrier(Deliveries);

        await Task.WhenAll(Enumerable.Range(1, Deliveries).Select(delivery => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                for (int task = 0; task < Tasks; task++)
                    if (recorder.Record(Attempt(task, delivery, checksum: (ulong)delivery)))
                        Interlocked.Increment(ref counted);
            },
            TaskCreationOptions.LongRunning))).Patiently();

        Assert.Equal(Tasks, counted);
        Assert.Equal(0, recorder.Remaining);
        Assert.Equal(Tasks * Deliveries, recorder.Attempts().Count);
        Assert.All(recorder.Attempts().GroupBy(attempt => attempt.TaskIndex), task =>
        {
            TaskAttempt first = Assert.Single(task, attempt => attempt.Outcome == TaskOutcome.Succeeded);
            Assert.Equal((ulong)first.Attempt, recorder.Checksums()[task.Key]);
        });
    }

    [Property]
    public void Attempts_are_ordered_by_task_then_attempt_however_they_arrive(byte[] arrivals)
    {
        var recorder = new TaskRecorder(16);
        int[] attempts = new int[16];
        foreach (byte arrival in arrivals)
        {
            int task = arrival % 16;
            recorder.Record(Attempt(task, ++attempts[task], outcome: arrival > 127 ? TaskOutcome.Succeeded : TaskOutcome.Failed));
        }

        (int, int)[] order = [.. recorder.Attempts().Select(attempt => (attempt.TaskIndex, attempt.Attempt))];
        Assert.Equal(arrivals.Length, order.Length);
        Assert.Equal(order.Order(), order);
        Assert.Equal(order, recorder.Timings().Select(timing => (timing.TaskIndex, timing.Attempt)));
    }

    [Property]
    public void Ticks_become_milliseconds_since_the_run_began(uint began, uint queued, uint worked)
    {
        var recorder = new TaskRecorder(1) { BeganTicks = began };
        long start = began + (long)queued;
        recorder.Record(Attempt(0, 1) with { QueuedTicks = began, StartedTicks = start, FinishedTicks = start + worked });

        TaskTiming timing = Assert.Single(recorder.Timings());

        // A TimeSpan counts in steps of 100 ns.
        double perTick = 1_000.0 / Stopwatch.Frequency;
        Assert.Equal(0, timing.QueuedMs);
        Assert.Equal(queued * perTick, timing.StartedMs, tolerance: 0.000_2);
        Assert.Equal((queued + (double)worked) * perTick, timing.FinishedMs, tolerance: 0.000_2);
        Assert.Equal("machine-77", timing.HostId);
        Assert.Equal(77, timing.ProcessId);
    }

    [Fact]
    public void A_task_of_another_run_is_refused() =>
        Assert.Throws<IndexOutOfRangeException>(() => new TaskRecorder(3).Record(Attempt(3, 1)));

    private static TaskAttempt Attempt(
        int task, int attempt, ulong checksum = 1, TaskOutcome outcome = TaskOutcome.Succeeded) =>
        new(task, attempt, Host, ThreadId: 1, QueuedTicks: 0, StartedTicks: 0, FinishedTicks: 0, checksum, outcome);
}
