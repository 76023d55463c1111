using Microsoft.AspNetCore.Http;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Workloads;

public sealed class HttpWorkloadTests
{
    private static readonly TaskInput Input = new(Size: 1, Index: 7, Seed: 42);

    [Fact]
    public async Task A_wrong_answer_is_an_error_that_shows_it()
    {
        await using AnswerServer server = await AnswerServer.StartAsync((context, _) => context.Response.WriteAsync("no such thing"));

        await FailsAsync<InvalidDataException>(server.Address, "task 7", "'no such thing'", Checksum.Format(HttpWorkload.Answer(Input)));
    }

    [Fact]
    public async Task The_answer_to_another_task_is_an_error()
    {
        await using AnswerServer server = await AnswerServer.StartAsync((context, task) =>
            context.Response.WriteAsync(Checksum.Format(HttpWorkload.Answer(task with { Index = task.Index + 1 }))));

        await FailsAsync<InvalidDataException>(server.Address, "task 7");
    }

    [Fact]
    public async Task A_huge_wrong_answer_is_shown_in_part()
    {
        await using AnswerServer server = await AnswerServer.StartAsync(
            (context, _) => context.Response.WriteAsync(new string('x', 100_000)));

        Exception error = await FailsAsync<InvalidDataException>(server.Address, "xxx...");

        Assert.InRange(error.Message.Length, 1, 300);
    }

    [Fact]
    public async Task An_HTTP_error_is_told_by_its_status()
    {
        await using AnswerServer server = await AnswerServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        });

        await FailsAsync<HttpRequestException>(server.Address, "503");
    }

    [Fact]
    public Task Without_a_server_the_error_says_so() => FailsAsync<InvalidOperationException>(null, "was not started");

    [Fact]
    public async Task Many_calls_wait_at_the_same_time()
    {
        const int Tasks = 200;
        int arrived = 0;
        var all = new TaskCompletionSource();
        // No call is answered until every one has arrived: with a limit on connections this would never end.
        await using AnswerServer server = await AnswerServer.StartAsync(async (context, task) =>
        {
            if (Interlocked.Increment(ref arrived) == Tasks)
                all.SetResult();
            await all.Task;
            await context.Response.WriteAsync(Checksum.Format(HttpWorkload.Answer(task)));
        });
        using var workload = new HttpWorkload(new WorkloadEnvironment { HttpServer = server.Address });

        ulong[] checksums = await Task.WhenAll(Enumerable.Range(0, Tasks).Select(index =>
            workload.ExecuteAsync(Input with { Index = index }, new Execution()).AsTask())).Patiently();

        Assert.Equal(Enumerable.Range(0, Tasks).Select(index => HttpWorkload.Answer(Input with { Index = index })), checksums);
    }

    private static async Task<Exception> FailsAsync<TException>(Uri? address, params string[] expected)
        where TException : Exception
    {
        using var workload = new HttpWorkload(new WorkloadEnvironment { HttpServer = address });
        TException blocking = await Assert.ThrowsAsync<TException>(
            () => Task.Run(() => workload.Execute(Input, new Execution())).Patiently());
        TException awaiting = await Assert.ThrowsAsync<TException>(
            () => workload.ExecuteAsync(Input, new Execution()).AsTask().Patiently());

        Assert.Equal(blocking.Message, awaiting.Message);
        Assert.All(expected, part => Assert.Contains(part, blocking.Message, StringComparison.Ordinal));
        return blocking;
    }
}
