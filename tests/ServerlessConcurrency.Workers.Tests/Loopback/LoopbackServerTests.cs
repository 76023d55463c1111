using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Loopback;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Workers.Tests.Loopback;

public sealed class LoopbackServerTests
{
    private const int GuardMs = 120_000;

    private static readonly (string Query, HttpStatusCode Expected)[] Requests =
    [
        ("work?ms=-1&index=0&seed=1", HttpStatusCode.BadRequest),
        ("work?ms=1&index=0", HttpStatusCode.BadRequest),
        ("work?ms=1&index=x&seed=1", HttpStatusCode.BadRequest),
        ("work?ms=3600001&index=1&seed=1", HttpStatusCode.BadRequest),
        ("work?ms=1&index=2147483648&seed=1", HttpStatusCode.BadRequest),
        ("", HttpStatusCode.NotFound),
        ("work?ms=0&index=2147483647&seed=-9223372036854775808", HttpStatusCode.OK),
    ];

    [Fact(Timeout = GuardMs)]
    public async Task The_http_workload_accepts_the_servers_answers()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(TestHostLaunch.Worker);
        using var workload = new HttpWorkload(new WorkloadEnvironment { HttpServer = server.Address });
        var execution = new Execution();
        for (int index = 0; index < 5; index++)
        {
            var task = new TaskInput(Size: 1 + index, index, Seed: -42);
            Assert.Equal(HttpWorkload.Answer(task), await workload.ExecuteAsync(task, execution));
            Assert.Equal(HttpWorkload.Answer(task), workload.Execute(task, execution));
        }
    }

    [Fact(Timeout = GuardMs)]
    public async Task Requests_are_checked_and_many_wait_at_the_same_time_until_the_server_is_stopped()
    {
        Uri address;
        using var client = new HttpClient();
        await using (LoopbackServer server = await LoopbackServer.StartAsync(TestHostLaunch.Worker))
        {
            address = server.Address;
            foreach ((string query, HttpStatusCode expected) in Requests)
            {
                using HttpResponseMessage response = await client.GetAsync(new Uri(address, query));
                Assert.Equal((query, expected), (query, response.StatusCode));
            }

            using var workload = new HttpWorkload(new WorkloadEnvironment { HttpServer = address });
            await Task.WhenAll(Enumerable.Range(0, 200).Select(index =>
                workload.ExecuteAsync(new TaskInput(Size: 500, index, Seed: 1), new Execution()).AsTask()));
        }

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(address));
    }

    [Fact(Timeout = GuardMs)]
    public async Task A_server_that_dies_is_started_again_where_it_was_and_told_of()
    {
        var told = new ConcurrentQueue<string>();
        Uri address;
        await using (LoopbackServer server = await LoopbackServer.StartAsync(TestHostLaunch.Worker, new Told(told)))
        {
            address = server.Address;
            using var workload = new HttpWorkload(new WorkloadEnvironment { HttpServer = address });
            for (int death = 1; death <= 2; death++)
            {
                using (var process = Process.GetProcessById(server.ProcessId))
                    process.Kill();

                await Eventually.True(() => told.Count == death, "it is told");

                await workload.ExecuteAsync(new TaskInput(Size: 1, Index: 0, Seed: 1), new Execution());
            }
        }

        Assert.All(told, line => Assert.Contains("was started again", line, StringComparison.Ordinal));
        using var client = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(address));
    }

    [Fact(Timeout = GuardMs)]
    public async Task A_program_that_cannot_serve_is_reported() => await Assert.ThrowsAsync<WorkerStartException>(
        () => LoopbackServer.StartAsync(TestHostLaunch.With("die-at-once")));

    private sealed class Told(ConcurrentQueue<string> lines) : IProgress<string>
    {
        public void Report(string value) => lines.Enqueue(value);
    }
}
