using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using ServerlessConcurrency.Core.Documents;
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

    private static readonly string Text = QueuedTaskMessage.Write(Task with { Run = Run with { Items = "/items.json", FirstTask = 3, InFlight = 5, IsWarmup = true, ColdStart = true } });

    private const string Removed = "removed";

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1", "1.5", "1e300", "2147483647", "99999999999999999999", "\"\"", "\"x\"", "\"../x\"", "\"00:00:00\"", "\"-00:00:00.0010000\"",
        "\"99999.00:00:00\"", "\"\\u0000\"", "[]", "{}", "[ null ]", "{ \"a\": null }", Removed,
    ];

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

    [Property]
    public bool Any_text_is_no_task(string? text) =>
        QueuedTaskMessage.Read(text ?? "") is null && QueuedTaskMessage.Read(text ?? "", QueuedTaskEncoding.Base64) is null;

    [Fact]
    public void A_message_that_breaks_off_is_no_task() =>
        Assert.All(Enumerable.Range(0, Text.Length), length => Assert.Null(QueuedTaskMessage.Read(Text[..length])));

    [Property(MaxTest = 1_000)]
    public Property A_message_with_some_values_replaced_or_removed_is_no_task_or_one_that_can_be_executed()
    {
        string[] paths = [.. JsonNode.Parse(Text)!.AsObject().Select(field => field.Key), .. JsonNode.Parse(Text)!["run"]!.AsObject().Select(field => $"run.{field.Key}")];
        var drawn = Gen.Elements(paths).Zip(Gen.Elements(Values)).ArrayOf().Where(changes => changes.Length is > 0 and < 4);
        return Prop.ForAll(drawn.ToArbitrary(), changes =>
        {
            JsonObject message = JsonNode.Parse(Text)!.AsObject();
            foreach ((string path, string value) in changes)
                Change(message, path, value);
            return QueuedTaskMessage.Read(message.ToJsonString()) is not { } task
                || (task.Index >= 0 && task.Index < task.Run.Tasks && task.Run is { Size: > 0, Degree: > 0, FirstTask: >= 0 } && ExperimentId.IsValid(task.Run.ExperimentId)
                    && QueuedTaskMessage.Read(QueuedTaskMessage.Write(task)) == task);
        });
    }

    [Fact]
    public void A_task_without_what_is_zero_or_no_is_read() =>
        Assert.Equal(7, QueuedTaskMessage.Read("""{"run":{"experimentId":"20260131-093000-k7qd","runId":"r","model":"queue","workload":"w","size":1,"tasks":8,"degree":1,"seed":0,"taskTimeout":"00:01:00"},"index":7,"queuedTicks":0}""")?.Index);

    private static void Change(JsonObject message, string path, string value)
    {
        JsonObject? parent = path.StartsWith("run.", StringComparison.Ordinal) ? message["run"] as JsonObject : message;
        string name = path[(path.LastIndexOf('.') + 1)..];
        parent?.Remove(name);
        if (value != Removed)
            parent?.Add(name, JsonNode.Parse(value));
    }
}
