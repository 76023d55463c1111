using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Queues;

namespace ServerlessConcurrency.Storage.Tests.Queues;

public sealed class QueuedTaskMessageTests
{
    private static readonly QueuedTask Task = new(
        "20260131-093000-k7qd", "r1-primes", "primes", new TaskInput(20_000, 17, -42), 1_234_567_890_123, 1_234_567_890_456);

    [Fact]
    public void What_is_written_is_read_again() => Assert.Equal(Task, QueuedTaskMessage.Read(QueuedTaskMessage.Write(Task)));

    [Fact]
    public void What_is_written_as_base64_is_read_again()
    {
        string text = QueuedTaskMessage.Write(Task with { TimeoutSeconds = 1.5 }, QueuedTaskEncoding.Base64);

        Assert.Equal(Task with { TimeoutSeconds = 1.5 }, QueuedTaskMessage.Read(text, QueuedTaskEncoding.Base64));
        Assert.Null(QueuedTaskMessage.Read(text));
        Assert.Null(QueuedTaskMessage.Read("{}", QueuedTaskEncoding.Base64));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"experimentId":null,"runId":"r","workload":"w","input":{"size":1,"index":0,"seed":0},"runBeganTicks":0,"queuedTicks":0}""")]
    [InlineData("""{"experimentId":"e","runId":"r","workload":"w","input":{"size":1,"index":0},"runBeganTicks":0,"queuedTicks":0}""")]
    [InlineData("""{"experimentId":"e","runId":"r","workload":"w","input":{"size":1,"index":99999999999,"seed":0},"runBeganTicks":0,"queuedTicks":0}""")]
    public void What_is_no_task_is_not_read(string text) => Assert.Null(QueuedTaskMessage.Read(text));
}
