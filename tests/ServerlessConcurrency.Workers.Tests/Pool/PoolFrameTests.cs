using FsCheck.Xunit;
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
        var result = new ResultFrame(index, attempt, thread, started, finished, checksum, null);
        var failed = result with { Error = "Ω went wrong" };
        return ResultFrame.Read(ThroughPipe(result.Write)) == result && ResultFrame.Read(ThroughPipe(failed.Write)) == failed;
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
