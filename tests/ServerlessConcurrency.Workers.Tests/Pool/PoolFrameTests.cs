using FsCheck.Xunit;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Workers.Pool;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers.Tests.Pool;

public sealed class PoolFrameTests
{
    [Property]
    public bool A_task_survives_the_pipe(int index, int attempt)
    {
        var task = new TaskFrame(index, attempt);
        return TaskFrame.Read(ThroughPipe(task.Write)) == task;
    }

    [Property]
    public bool A_result_survives_the_pipe(int index, int attempt, int thread, long started, long finished, ulong checksum)
    {
        var host = new HostIdentity("here", 7);
        var result = new TaskAttempt(index, attempt, host, thread, QueuedTicks: 3, started, finished, checksum, TaskOutcome.Succeeded);
        TaskAttempt failed = result with { Outcome = TaskOutcome.Failed, Error = "Ω went wrong" };
        return Sent(result) == result && Sent(failed) == failed;

        TaskAttempt Sent(TaskAttempt attempt) => ResultFrame.Read(ThroughPipe(writer => ResultFrame.Write(writer, attempt)), host, queuedTicks: 3);
    }

    [Property]
    public bool A_window_is_never_empty_nor_more_than_a_workers_share(double averageTicks, int waiting, byte degree)
    {
        waiting = Math.Abs(waiting % 100_000);
        int workers = degree + 1;
        int size = TaskWindow.Size(averageTicks, waiting, workers);
        return size is >= 1 and <= TaskWindow.Most && (size == 1 || (size - 1) * workers < waiting);
    }

    [Fact]
    public void Short_tasks_get_a_larger_window_than_long_ones()
    {
        Assert.Equal(TaskWindow.Most, TaskWindow.Size(averageTicks: 10, waiting: 100_000, degree: 2));
        Assert.Equal(2, TaskWindow.Size(averageTicks: 1e9, waiting: 100_000, degree: 2));
        Assert.Equal(2, TaskWindow.Size(averageTicks: -1, waiting: 100_000, degree: 2));
    }

    private static Frame ThroughPipe(Action<FrameWriter> write)
    {
        var pipe = new MemoryStream();
        var writer = new FrameWriter(pipe);
        write(writer);
        writer.Flush();
        pipe.Position = 0;
        Assert.True(new FrameReader(pipe).Read(out Frame frame));
        return frame;
    }
}
