using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Storage.Queues;

namespace ServerlessConcurrency.Storage.Tests.Queues;

public sealed class QueuedTaskMessageTests
{
    private static readonly RunOrder Run = new()
    {
        ExperimentId = "20260131-093000-k7qd",
        RunId = "r1-primes",
        Model = "queue",
        Workload = "primes",
        Size = 20_000,
        Tasks = 18,
        Degree = 2,
        Seed = -42,
        TaskTimeout = TimeSpan.FromSeconds(60),
        BeganTicks = 1_234_567_890_123,
    };

    private static readonly QueuedTask Task = new(Run, 17, 1_234_567_890_456);

    [Fact]
    public void What_is_written_is_read_again() => Assert.Equal(Task, QueuedTaskMessage.Read(QueuedTaskMessage.Write(Task)));

    [Fact]
    public void What_is_written_as_base64_is_read_again()
    {
        string text = QueuedTaskMessage.Write(Task with { Run = Run with { FirstTask = 3, InFlight = 5, IsWarmup = true, ColdStart = true } }, QueuedTaskEncoding.Base64);

        Assert.Equal(Task with { Run = Run with { FirstTask = 3, InFlight = 5, IsWarmup = true, ColdStart = true } }, QueuedTaskMessage.Read(text, QueuedTaskEncoding.Base64));
        Assert.Null(QueuedTaskMessage.Read(text));
        Assert.Null(QueuedTaskMessage.Read("{}", QueuedTaskEncoding.Base64));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"index":0,"queuedTicks":0}""")]
    [InlineData("""{"run":{"experimentId":"20260131-093000-k7qd","runId":"r","model":"queue","workload":"w","size":1,"tasks":1,"degree":1,"seed":0,"taskTimeout":"00:01:00"},"queuedTicks":0}""")]
    [InlineData("""{"run":{"experimentId":null,"runId":"r","model":"queue","workload":"w","size":1,"tasks":1,"degree":1,"seed":0,"taskTimeout":"00:01:00"},"index":0,"queuedTicks":0}""")]
    [InlineData("""{"run":{"experimentId":"20260131-093000-k7qd","runId":"r","model":"queue","workload":"w","size":1,"tasks":1,"degree":1,"taskTimeout":"00:01:00"},"index":0,"queuedTicks":0}""")]
    [InlineData("""{"run":{"experimentId":"20260131-093000-k7qd","runId":"r","model":"queue","workload":"w","size":1,"tasks":1,"degree":1,"seed":0,"taskTimeout":"00:01:00"},"index":99999999999,"queuedTicks":0}""")]
    public void What_is_no_task_is_not_read(string text) => Assert.Null(QueuedTaskMessage.Read(text));

    [Fact]
    public void A_task_without_what_is_zero_or_no_is_read() =>
        Assert.Equal(7, QueuedTaskMessage.Read("""{"run":{"experimentId":"20260131-093000-k7qd","runId":"r","model":"queue","workload":"w","size":1,"tasks":8,"degree":1,"seed":0,"taskTimeout":"00:01:00"},"index":7,"queuedTicks":0}""")?.Index);
}
