using System.Net;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Api.Hosting;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Api.Tests;

public sealed class EventTests : ApiTest
{
    private const string Data = "data: ";

    [Fact(Timeout = Guard)]
    public async Task Every_change_is_told_as_the_experiment_is_until_it_has_ended()
    {
        ExperimentDocument running = await RunningAsync();
        using StreamReader events = await OpenAsync(running.Id);

        JsonNode first = await NextAsync(events);
        Engine.Observed = stored => stored.Status.HasEnded() ? stored : stored with { Progress = stored.Progress with { RunsDone = 7 } };
        JsonNode second = await NextAsync(events);
        await Store.SaveAsync(Samples.Completed() with { Id = running.Id });
        JsonNode last = await NextAsync(events);

        Assert.Equal((1, 7), ((int)first["progress"]!["runsDone"]!, (int)second["progress"]!["runsDone"]!));
        Assert.True(JsonNode.DeepEquals(await JsonAsync(await Http.GetAsync($"experiments/{running.Id}")), last));
        Assert.Equal("", await events.ReadToEndAsync());
    }

    [Fact(Timeout = Guard)]
    public async Task An_experiment_that_has_ended_is_told_once()
    {
        (ExperimentDocument document, _) = await StoreEndedAsync();

        HttpResponseMessage response = await Http.GetAsync($"experiments/{document.Id}/events");

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        string told = await response.Content.ReadAsStringAsync();
        Assert.Equal($"{Data}{await Http.GetStringAsync($"experiments/{document.Id}")}\n\n", told);
    }

    [Fact(Timeout = Guard)]
    public async Task A_stream_of_an_experiment_that_is_deleted_ends()
    {
        ExperimentDocument running = await RunningAsync();
        using StreamReader events = await OpenAsync(running.Id);
        await NextAsync(events);

        await Http.DeleteAsync($"experiments/{running.Id}");

        Assert.Equal("", await events.ReadToEndAsync());
    }

    [Fact(Timeout = Guard)]
    public async Task Storage_that_fails_meanwhile_ends_the_stream_and_the_next_is_told_why()
    {
        ExperimentDocument running = await RunningAsync();
        using StreamReader events = await OpenAsync(running.Id);
        await NextAsync(events);

        Store.IsDown = true;

        Assert.Equal("", await events.ReadToEndAsync());
        await ProblemAsync(await Http.GetAsync($"experiments/{running.Id}/events"), HttpStatusCode.ServiceUnavailable);
        Assert.Empty(ServerFaults);
    }

    [Fact(Timeout = Guard)]
    public async Task So_many_may_listen_and_who_goes_makes_room()
    {
        ExperimentDocument running = await RunningAsync();
        var listening = new Stack<StreamReader>();
        HttpResponseMessage answer;
        while ((answer = await AskAsync(running.Id)).IsSuccessStatusCode && listening.Count < 1000)
            listening.Push(new StreamReader(await answer.Content.ReadAsStreamAsync()));

        JsonObject problem = await ProblemAsync(answer, HttpStatusCode.TooManyRequests);
        Assert.Contains($"{listening.Count} clients", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        listening.Pop().Dispose();
        // The server may notice when it next writes or, as here, when the connection closes.
        await Eventually.True(() => IsTaken(running.Id), "there is room again");
        foreach (StreamReader events in listening)
            events.Dispose();
    }

    [Fact(Timeout = Guard)]
    public async Task A_server_that_stops_tells_how_far_it_is_and_waits_for_nobody()
    {
        ExperimentDocument running = await RunningAsync();
        LocalApiServer server = await LocalApiServer.StartAsync(Store, Engine, port: 0, new PacedClock(0.001));
        using var http = new HttpClient { BaseAddress = new Uri(server.Address, "api/") };
        using StreamReader events = await OpenAsync(running.Id, http);
        await NextAsync(events);
        Engine.Observed = stored => stored with { Progress = stored.Progress with { RunsDone = 7 } };

        await server.DisposeAsync();

        Assert.Equal(7, (int)(await NextAsync(events))["progress"]!["runsDone"]!);
        Assert.Equal("", await events.ReadToEndAsync());
    }

    [Fact(Timeout = Guard)]
    public async Task What_was_read_before_the_server_stops_is_not_the_last_that_is_told()
    {
        ExperimentDocument running = await RunningAsync();
        LocalApiServer server = await LocalApiServer.StartAsync(Store, Engine, port: 0, new PacedClock(60));
        using var http = new HttpClient { BaseAddress = new Uri(server.Address, "api/") };
        var stopped = new TaskCompletionSource<Task>();
        int looks = 0;
        Engine.Observed = stored =>
        {
            if (++looks == 2)
                stopped.SetResult(server.DisposeAsync().AsTask());
            return stored with { Progress = stored.Progress with { RunsDone = looks } };
        };

        using StreamReader events = await OpenAsync(running.Id, http);

        foreach (int runs in (int[])[1, 2, 3])
            Assert.Equal(runs, (int)(await NextAsync(events))["progress"]!["runsDone"]!);
        Assert.Equal("", await events.ReadToEndAsync());
        await await stopped.Task;
    }

    [Fact(Timeout = Guard)]
    public async Task Where_nothing_changes_the_stream_shows_that_it_is_alive()
    {
        ExperimentDocument running = await RunningAsync();
        await using LocalApiServer server = await LocalApiServer.StartAsync(Store, Engine, port: 0, new PacedClock(60));
        using var http = new HttpClient { BaseAddress = new Uri(server.Address, "api/") };
        using StreamReader events = await OpenAsync(running.Id, http);
        await NextAsync(events);

        Assert.StartsWith(":", await events.ReadLineAsync(), StringComparison.Ordinal);
    }

    private async Task<ExperimentDocument> RunningAsync()
    {
        ExperimentDocument running = Samples.Running(DateTimeOffset.UtcNow);
        await Store.SaveAsync(running);
        return running;
    }

    private async Task<HttpResponseMessage> AskAsync(string id, HttpClient? http = null) =>
        await (http ?? Http).GetAsync($"experiments/{id}/events", HttpCompletionOption.ResponseHeadersRead);

    private async Task<StreamReader> OpenAsync(string id, HttpClient? http = null)
    {
        HttpResponseMessage response = await AskAsync(id, http);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new StreamReader(await response.Content.ReadAsStreamAsync());
    }

    private bool IsTaken(string id)
    {
        using HttpResponseMessage response = AskAsync(id).GetAwaiter().GetResult();
        return response.IsSuccessStatusCode;
    }

    private static async Task<JsonNode> NextAsync(StreamReader events)
    {
        string line = (await events.ReadLineAsync())!;
        Assert.StartsWith(Data, line, StringComparison.Ordinal);
        Assert.Equal("", await events.ReadLineAsync());
        return JsonNode.Parse(line[Data.Length..])!;
    }

    /// <summary>A clock on which so many seconds are over in one.</summary>
    private sealed class PacedClock(double pace) : TimeProvider
    {
        public override long GetTimestamp() => (long)(base.GetTimestamp() * pace);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / pace : dueTime, period);
    }
}
