using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Tests;

public sealed class TelemetryTests(QueueStorage storage) : IClassFixture<QueueStorage>
{
    private static readonly string Library = Path.Combine(
        AppContext.BaseDirectory.Replace("ServerlessConcurrency.Tests", "ServerlessConcurrency.OwnCode", StringComparison.Ordinal),
        "ServerlessConcurrency.OwnCode.dll");

    [Fact]
    public async Task One_trace_shows_a_fan_out_over_pipes_queue_messages_and_orchestrations()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using var folder = new TemporaryFolder();
        string[] models = ["threads", "processes", "queue", "durable", "durable-batch"];

        using Sconc sconc = Sconc.Start(
            folder.Path, receiver.Variables(),
            "run", "-w", "primes:2000:12", "--models", string.Join(',', models), "--degree", "1", "--rounds", "1", "--warmup-rounds", "1", "--min-run-ms", "0",
            "--connection", storage.ConnectionString);
        Assert.True(await sconc.WaitAsync() == 0, sconc.Error);

        Assert.DoesNotContain("telemetry", sconc.Error, StringComparison.OrdinalIgnoreCase);
        ReceivedSpan root = Assert.Single(receiver.Spans, span => span.ParentId.Length == 0);
        Assert.StartsWith("experiment ", root.Name, StringComparison.Ordinal);
        Assert.All(receiver.Spans, span => Assert.Equal((root.TraceId, "sconc"), (span.TraceId, span.ServiceName)));
        foreach (string model in models)
        {
            ReceivedSpan[] runs = [.. receiver.Spans.Where(span => span.Name == $"run {model} primes")];
            // One warms up.
            Assert.Equal(2, runs.Length);
            Assert.All(runs, run =>
            {
                Assert.Equal((root.SpanId, root.Instance), (run.ParentId, run.Instance));
                // A message may be delivered twice, and an activity executed again.
                ReceivedSpan[] tasks = [.. receiver.Spans.Where(span => span.ParentId == run.SpanId)];
                Assert.True(tasks.Length is >= 12 and <= 24, $"{model}: {tasks.Length} spans of tasks");
                Assert.All(tasks, task => Assert.Equal(("task primes", "succeeded", model == "threads"),
                    (task.Name, task.Attributes["sconc.task.outcome"], task.Instance == root.Instance)));
            });
        }

        Assert.Equal(["sconc.run.duration", "sconc.task.dispatch", "sconc.task.duration", "sconc.task.queue_wait"], receiver.Metrics.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_a_users_method_traces_is_part_of_its_task()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using var folder = new TemporaryFolder();

        using Sconc sconc = Sconc.Start(
            folder.Path, receiver.Variables(("SCONC_TRACE_SOURCES", "Another, OwnCode"), ("OTEL_SERVICE_NAME", "mine")),
            "run", "-w", "hashes:1:250", "--assembly", Library, "--models", "sequential,processes", "--degree", "1", "--rounds", "1", "--warmup-rounds", "0", "--min-run-ms", "0",
            "--connection", "none");
        Assert.True(await sconc.WaitAsync() == 0, sconc.Error);

        ReceivedSpan[] tasks = [.. receiver.Spans.Where(span => span.Name == "task hashes")];
        ReceivedSpan[] inside = [.. receiver.Spans.Where(span => span.Name == "hashing")];
        // Each third of 250, under two models: none is of a task without a span.
        Assert.Equal(2 * 84, tasks.Length);
        Assert.Equal(tasks.Select(task => task.SpanId).Order(), inside.Select(span => span.ParentId).Order());
        Assert.Single(receiver.Spans.Select(span => (span.TraceId, span.ServiceName)).Distinct(), span => span.ServiceName == "mine");
    }

    // A child process has a second to end, in which a busy machine may not come to it: that is allowed to happen, but not each time.
    [Fact]
    public async Task What_child_processes_have_not_sent_by_their_end_they_send_then()
    {
        const int Tries = 5;
        const int Tasks = 12;
        int arrived = 0;
        for (int number = 0; number < Tries && arrived < Tasks; number++)
        {
            await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
            using var folder = new TemporaryFolder();
            // Longer than the run takes anywhere.
            using Sconc sconc = Sconc.Start(
                folder.Path, receiver.Variables(("OTEL_BSP_SCHEDULE_DELAY", "600000")),
                "run", "-w", $"primes:2000:{Tasks}", "--models", "processes", "--degree", "2", "--rounds", "1", "--warmup-rounds", "0", "--min-run-ms", "0", "--connection", "none");
            Assert.True(await sconc.WaitAsync() == 0, sconc.Error);
            ReceivedSpan root = Assert.Single(receiver.Spans, span => span.ParentId.Length == 0);
            arrived = receiver.Spans.Count(span => span.Name == "task primes" && span.TraceId == root.TraceId && span.Instance != root.Instance);
        }

        Assert.Equal(Tasks, arrived);
    }

    [Theory]
    [InlineData("http/protobuf", "http://user:secret@127.0.0.1:1")]
    [InlineData("grpc", "http://127.0.0.1:1")]
    [InlineData("grpc", "no address")]
    [InlineData("http/protobuf", null)]
    [InlineData("http/protobuf", "http://127.0.0.1:1", "no header")]
    public async Task An_endpoint_that_is_not_there_or_does_not_answer_costs_one_note(string protocol, string? address, string headers = "")
    {
        using var folder = new TemporaryFolder();
        await using StubServer silent = await StubServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        address ??= silent.Address;

        using Sconc sconc = Sconc.Start(
            folder.Path, [("OTEL_EXPORTER_OTLP_ENDPOINT", address), ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol), ("OTEL_EXPORTER_OTLP_HEADERS", headers)],
            "run", "-w", "primes:2000:4", "--models", "sequential,processes", "--degree", "1", "--rounds", "1", "--warmup-rounds", "0", "--min-run-ms", "0", "--connection", "none");

        Assert.True(await sconc.WaitAsync() == 0, sconc.Error);
        Assert.Single(sconc.Error.Split('\n'), line => line.Contains("telemetry", StringComparison.OrdinalIgnoreCase));
        Assert.Contains($" {address.Replace("user:secret@", "", StringComparison.Ordinal)} (OTEL_EXPORTER_OTLP_ENDPOINT)", sconc.Error, StringComparison.Ordinal);
        Assert.Equal(headers.Length > 0, sconc.Error.Contains("OTEL_EXPORTER_OTLP_HEADERS", StringComparison.Ordinal));
    }

    [LinuxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Assemblies_of_OpenTelemetry_are_loaded_only_where_its_variable_is_set(bool isSet)
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using var folder = new TemporaryFolder();

        using Sconc sconc = Sconc.Start(
            folder.Path, isSet ? receiver.Variables() : [("OTEL_EXPORTER_OTLP_ENDPOINT", "")],
            "run", "-w", "delay:100:10000", "--models", "processes", "--rounds", "1", "--warmup-rounds", "0", "--connection", "none");
        await Eventually.True(() => sconc.HasExited || (sconc.Children().Count > 0 && Directory.Exists(Path.Combine(folder.Path, "results"))), "the run has begun");
        Assert.False(sconc.HasExited, sconc.Error);
        int[] processes = [sconc.ProcessId, .. sconc.Children().Select(child => child.ProcessId)];
        if (isSet)
            await Eventually.True(() => processes.All(IsLoaded), "both have loaded them");

        Assert.All(processes, process => Assert.Equal(isSet, IsLoaded(process)));

        static bool IsLoaded(int process) => File.ReadAllText($"/proc/{process}/maps").Contains("OpenTelemetry", StringComparison.Ordinal);
    }
}
