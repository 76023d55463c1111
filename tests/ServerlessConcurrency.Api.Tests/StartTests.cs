using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Api.Contracts;
using ServerlessConcurrency.Api.Engines;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Api.Tests;

public sealed class StartTests : ApiTest
{
    private const string Id = "20260131-093000-k7qd";

    [Fact(Timeout = Guard)]
    public async Task A_started_experiment_is_stored_handed_to_the_engine_and_can_be_followed()
    {
        HttpResponseMessage response = await PostSpecAsync(SmallSpec);

        JsonNode links = await JsonAsync(response, HttpStatusCode.Accepted);
        string id = (string)links["id"]!;
        Assert.Equal([$"start {id}"], Engine.Calls);
        Assert.Equal(new Uri(Server.Address, $"api/experiments/{id}"), response.Headers.Location);
        Assert.Equal(response.Headers.Location!.ToString(), (string)links["statusUrl"]!);
        foreach (string file in new[] { "report", "timings", "trace" })
            Assert.Equal($"{response.Headers.Location}/{file}", (string)links[$"{file}Url"]!);
        JsonNode experiment = await JsonAsync(await Http.GetAsync(response.Headers.Location));
        Assert.Equal("pending", (string)experiment["status"]!);
        Assert.Equal("scripted", (string)experiment["environment"]!["engine"]!);
        // Two models that run here, three rounds and one to warm up.
        Assert.Equal(2 * (3 + 1), (int)experiment["progress"]!["runsTotal"]!);
    }

    [Fact(Timeout = Guard)]
    public async Task Every_mistake_in_a_spec_is_in_one_answer()
    {
        HttpResponseMessage response = await PostSpecAsync(
            """{ "degree": 257, "rounds": 0, "velocity": 3, "models": ["queue"], "workloads": [ { "kind": "prime", "size": 0, "tasks": 1 } ] }""");

        JsonObject problem = await ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal("the spec has 6 mistakes", (string)problem["detail"]!);
        Assert.Equal(
            ["degree", "models[0]", "rounds", "velocity", "workloads[0].kind", "workloads[0].size"],
            problem["errors"]!.AsArray().Select(error => (string)error!["field"]!).Order(StringComparer.Ordinal));
        Assert.Empty(Engine.Calls);
        Assert.Empty(await Store.ListAsync().ToListAsync());
    }

    [Theory(Timeout = Guard)]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("null")]
    public async Task What_is_no_JSON_object_is_said_not_to_be_one(string body)
    {
        JsonObject problem = await ProblemAsync(await PostSpecAsync(body), HttpStatusCode.BadRequest);

        Assert.Equal("", (string)problem["errors"]![0]!["field"]!);
    }

    [Fact(Timeout = Guard)]
    public async Task A_request_sent_twice_starts_its_experiment_once()
    {
        Engine.BeginsAtOnce = true;
        Store.Lag = TimeSpan.FromMilliseconds(50);

        HttpResponseMessage[] responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostSpecAsync(SmallSpec, Id)));
        HttpResponseMessage later = await PostSpecAsync(SmallSpec.Replace(" ", "", StringComparison.Ordinal), Id);

        Assert.All(responses.Append(later), response => Assert.Equal(HttpStatusCode.Accepted, response.StatusCode));
        Assert.Single(Engine.Calls);
        Assert.Single(await Store.ListAsync().ToListAsync());
    }

    [Theory(Timeout = Guard)]
    [InlineData("99999999-999999-zzzz")]
    [InlineData("20261301-093000-k7qd")]
    [InlineData("20260131-250000-k7qd")]
    public async Task An_id_with_a_time_that_there_is_not_is_refused_and_what_is_stored_with_one_can_be_removed(string id)
    {
        JsonObject problem = await ProblemAsync(await PostSpecAsync(SmallSpec, id), HttpStatusCode.BadRequest);

        Assert.Equal(ApiRoutes.IdHeader, (string)problem["errors"]![0]!["field"]!);
        Assert.Contains($"'{id}' does not begin with a date and a time", (string)problem["detail"]!, StringComparison.Ordinal);
        await Store.SaveAsync(Samples.Completed(runs: 0) with { Id = id });
        Assert.Equal(id, (string)(await JsonAsync(await Http.GetAsync("experiments")))["experiments"]![0]!["id"]!);
        Assert.Equal(HttpStatusCode.NoContent, (await Http.DeleteAsync($"experiments/{id}")).StatusCode);
    }

    [Fact(Timeout = Guard)]
    public async Task Experiments_of_one_second_are_listed_newest_first()
    {
        var started = new List<string>();
        for (int number = 0; number < 8; number++)
            started.Insert(0, (string)(await JsonAsync(await PostSpecAsync(SmallSpec), HttpStatusCode.Accepted))["id"]!);

        JsonNode page = await JsonAsync(await Http.GetAsync("experiments"));

        Assert.Equal(started, page["experiments"]!.AsArray().Select(experiment => (string)experiment!["id"]!));
    }

    [Fact(Timeout = Guard)]
    public async Task An_experiment_that_was_stored_but_never_reached_the_engine_is_started_when_the_client_tries_again()
    {
        Engine.StartFailure = new EngineBusyException("full");
        await PostSpecAsync(SmallSpec, Id);
        Engine.StartFailure = null;
        await PostSpecAsync(SmallSpec, Id);
        // As after a crash between the two.
        Engine.Calls.Clear();

        Assert.Equal(HttpStatusCode.Accepted, (await PostSpecAsync(SmallSpec, Id)).StatusCode);
        Assert.Equal([$"start {Id}"], Engine.Calls);
    }

    [Fact(Timeout = Guard)]
    public async Task An_id_that_stands_for_another_spec_is_a_conflict()
    {
        await PostSpecAsync(SmallSpec, Id);

        JsonObject problem = await ProblemAsync(
            await PostSpecAsync(SmallSpec.Replace("100", "101", StringComparison.Ordinal), Id), HttpStatusCode.Conflict);

        Assert.Contains(Id, (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Single(Engine.Calls);
    }

    [Theory(Timeout = Guard)]
    [InlineData("x")]
    [InlineData("../../etc/passwd")]
    [InlineData("20260131-093000-K7QD")]
    public async Task A_header_that_is_no_id_is_bad_input(string id)
    {
        JsonObject problem = await ProblemAsync(await PostSpecAsync(SmallSpec, id), HttpStatusCode.BadRequest);

        Assert.Equal(ApiRoutes.IdHeader, (string)problem["errors"]![0]!["field"]!);
        Assert.Empty(Engine.Calls);
    }

    [Fact(Timeout = Guard)]
    public async Task An_experiment_that_cannot_be_started_does_not_wait_for_ever()
    {
        Engine.StartFailure = new StorageUnavailableException("the task hub does not answer");

        HttpResponseMessage response = await PostSpecAsync(SmallSpec, Id);

        JsonObject problem = await ProblemAsync(response, HttpStatusCode.ServiceUnavailable);
        Assert.Contains("task hub", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.NotNull(response.Headers.RetryAfter);
        MeasurementDocument stored = (await Store.FindAsync(Id))!;
        Assert.Equal(ExperimentStatus.Failed, stored.Status);
        Assert.Contains("task hub", stored.Error, StringComparison.Ordinal);

        // Whoever asks again once it does is not told of that failure for ever.
        Engine.StartFailure = null;
        Assert.Equal(HttpStatusCode.Accepted, (await PostSpecAsync(SmallSpec, Id)).StatusCode);
        Assert.Equal(ExperimentStatus.Pending, (await Store.FindAsync(Id))!.Status);
        Assert.Equal([$"start {Id}"], Engine.Calls);
    }

    [Theory(Timeout = Guard)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task Of_what_the_engine_does_not_take_nothing_is_kept_and_the_client_is_told_when_to_come_again(HttpStatusCode status)
    {
        Engine.StartFailure = status == HttpStatusCode.TooManyRequests
            ? new EngineBusyException("100 experiments are waiting")
            : new EngineUnavailableException("it is being stopped");

        HttpResponseMessage response = await PostSpecAsync(SmallSpec, Id);

        await ProblemAsync(response, status);
        Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Null(await Store.FindAsync(Id));
        Engine.StartFailure = null;
        Assert.Equal(HttpStatusCode.Accepted, (await PostSpecAsync(SmallSpec, Id)).StatusCode);
        Assert.Equal([$"start {Id}"], Engine.Calls);
    }

    [Fact(Timeout = Guard)]
    public async Task One_that_another_program_runs_is_a_conflict_and_left_alone()
    {
        Engine.StartFailure = new ExperimentConflictException("it is run by another program");

        await ProblemAsync(await PostSpecAsync(SmallSpec, Id), HttpStatusCode.Conflict);

        Assert.Equal(ExperimentStatus.Pending, (await Store.FindAsync(Id))!.Status);
    }

    [Fact(Timeout = Guard)]
    public async Task One_that_could_not_be_stored_is_refused_whatever_the_storage_makes_of_it_later()
    {
        Store.SaveFailure = new StorageUnavailableException("it does not answer");

        await ProblemAsync(await PostSpecAsync(SmallSpec, Id), HttpStatusCode.ServiceUnavailable);

        Assert.Equal([$"refuse {Id}"], Engine.Calls);
    }

    [Fact(Timeout = Guard)]
    public async Task What_was_not_foreseen_is_told_to_the_server_and_not_to_the_client()
    {
        Engine.StartFailure = new InvalidOperationException("a secret detail");

        JsonObject problem = await ProblemAsync(await PostSpecAsync(SmallSpec), HttpStatusCode.InternalServerError);

        Assert.DoesNotContain("secret", problem.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("secret", Assert.Single(ServerFaults).Message, StringComparison.Ordinal);
    }

    [Theory(Timeout = Guard)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task A_body_that_is_not_said_to_be_JSON_is_refused(string? mediaType)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(SmallSpec));
        if (mediaType is not null)
            content.Headers.ContentType = new(mediaType);

        await ProblemAsync(await Http.PostAsync(ApiRoutes.Experiments, content), HttpStatusCode.UnsupportedMediaType);
    }

    [Theory(Timeout = Guard)]
    [InlineData(true, SpecReader.MaxBytes + 1)]
    [InlineData(false, SpecReader.MaxBytes + 1)]
    // Kestrel's own bound is 30,000,000.
    [InlineData(true, 40_000_000)]
    [InlineData(false, 40_000_000)]
    public async Task A_body_beyond_the_bound_is_refused_whether_it_tells_its_length_or_not(bool tellsLength, int bytes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, ApiRoutes.Experiments)
        {
            Content = Json(SmallSpec.PadRight(bytes)),
        };
        request.Headers.TransferEncodingChunked = !tellsLength;

        JsonObject problem = await ProblemAsync(await Http.SendAsync(request), HttpStatusCode.RequestEntityTooLarge);

        // What was read of it is not all.
        Assert.Equal(
            FormattableString.Invariant($"the spec has {(tellsLength ? $"{bytes:N0}" : "more than 1,048,576")} bytes; a spec has at most 1,048,576"), (string)problem["detail"]!);
    }

    [Fact(Timeout = Guard)]
    public async Task A_body_of_the_largest_size_is_taken() => Assert.Equal(
        HttpStatusCode.Accepted, (await PostSpecAsync(SmallSpec.PadRight(SpecReader.MaxBytes))).StatusCode);
}
