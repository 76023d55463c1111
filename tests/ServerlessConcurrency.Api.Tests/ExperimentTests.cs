using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Api.Tests;

public sealed class ExperimentTests : ApiTest
{
    [Fact(Timeout = Guard)]
    public async Task An_experiment_is_told_as_it_is_now()
    {
        ExperimentDocument running = Samples.Running(DateTimeOffset.UtcNow);
        await Store.SaveAsync(running);
        Engine.Observed = stored => stored with { Progress = stored.Progress with { RunsDone = 7 } };

        JsonNode told = await JsonAsync(await Http.GetAsync($"experiments/{running.Id}"));

        Assert.Equal(7, (int)told["progress"]!["runsDone"]!);
        Assert.Equal("running", (string)told["status"]!);
    }

    [Fact(Timeout = Guard)]
    public async Task An_ended_experiment_is_told_with_everything_it_found()
    {
        (ExperimentDocument document, _) = await StoreEndedAsync();

        JsonNode told = await JsonAsync(await Http.GetAsync($"experiments/{document.Id}"));

        Assert.True(JsonNode.DeepEquals(JsonSerializer.SerializeToNode(document, ExperimentJson.Compact), told));
    }

    [Theory(Timeout = Guard)]
    [InlineData("GET", "")]
    [InlineData("DELETE", "")]
    [InlineData("POST", "/cancel")]
    [InlineData("GET", "/timings")]
    [InlineData("GET", "/trace")]
    [InlineData("GET", "/report")]
    [InlineData("GET", "/events")]
    [InlineData("GET", "/comparison?with=20260131-093000-k7qd")]
    public async Task An_experiment_that_is_not_there_is_not_found(string method, string suffix)
    {
        foreach (string id in new[] { "20260131-093000-k7qd", "x", "..%2F..%2Fetc", "20260131-093000-k7qd%0A", "%27%20or%20true" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), $"experiments/{id}{suffix}");
            await ProblemAsync(await Http.SendAsync(request), HttpStatusCode.NotFound);
        }

        Assert.Empty(Engine.Calls);
    }

    [Fact(Timeout = Guard)]
    public async Task A_list_is_told_page_by_page_newest_first()
    {
        string[] ids = [.. Enumerable.Range(0, 5).Select(day => Samples.Completed(startedAt: Samples.Start.AddDays(day)).Id)];
        for (int day = 0; day < 5; day++)
            await Store.SaveAsync(Samples.Completed(startedAt: Samples.Start.AddDays(day)) with { Id = ids[day] });

        var pages = new List<string[]>();
        string? continuation = null;
        do
        {
            string query = continuation is null ? "" : $"&continuation={continuation}";
            JsonNode page = await JsonAsync(await Http.GetAsync($"experiments?top=2{query}"));
            pages.Add([.. page["experiments"]!.AsArray().Select(experiment => (string)experiment!["id"]!)]);
            continuation = (string?)page["continuation"];
        }
        while (continuation is not null);

        Assert.Equal([2, 2, 1], pages.Select(page => page.Length));
        Assert.Equal(ids.Reverse(), pages.SelectMany(page => page));
    }

    [Fact(Timeout = Guard)]
    public async Task What_the_storage_has_lost_and_the_engine_still_has_is_listed_told_and_ended()
    {
        MeasurementDocument[] documents =
            [.. Enumerable.Range(0, 4).Select(day => Samples.Running(Samples.Start.AddDays(day)) with { Id = ExperimentId.Create(Samples.Start.AddDays(day)) })];
        await Store.SaveAsync(documents[1]);
        Engine.UnderWay = documents;

        JsonNode first = await JsonAsync(await Http.GetAsync("experiments?top=3"));
        JsonNode second = await JsonAsync(await Http.GetAsync($"experiments?top=3&continuation={first["continuation"]}"));

        Assert.Equal(
            documents.Select(document => document.Id).Reverse(),
            new[] { first, second }.SelectMany(page => page["experiments"]!.AsArray()).Select(experiment => (string)experiment!["id"]!));
        Assert.Equal("running", (string)(await JsonAsync(await Http.GetAsync($"experiments/{documents[0].Id}")))["status"]!);
        Assert.Equal(HttpStatusCode.NoContent, (await Http.DeleteAsync($"experiments/{documents[0].Id}")).StatusCode);
        Assert.Equal([$"forget {documents[0].Id}"], Engine.Calls);
    }

    [Fact(Timeout = Guard)]
    public async Task A_last_page_that_is_full_has_no_continuation()
    {
        await Store.SaveAsync(Samples.Completed());

        JsonNode page = await JsonAsync(await Http.GetAsync("experiments?top=1"));

        Assert.Single(page["experiments"]!.AsArray());
        Assert.Null(page["continuation"]);
    }

    [Theory(Timeout = Guard)]
    [InlineData("top=0", "top")]
    [InlineData("top=1001", "top")]
    [InlineData("top=-1", "top")]
    [InlineData("top=", "top")]
    [InlineData("top=many", "top")]
    [InlineData("continuation=../x", "continuation")]
    public async Task A_parameter_out_of_range_is_named(string query, string field)
    {
        JsonObject problem = await ProblemAsync(await Http.GetAsync($"experiments?{query}"), HttpStatusCode.BadRequest);

        Assert.Equal(field, (string)problem["errors"]![0]!["field"]!);
    }

    [Fact(Timeout = Guard)]
    public async Task A_running_experiment_is_cancelled_and_told_as_it_ended()
    {
        ExperimentDocument running = Samples.Running(DateTimeOffset.UtcNow);
        await Store.SaveAsync(running);

        JsonNode told = await JsonAsync(await Http.PostAsync($"experiments/{running.Id}/cancel", null));

        Assert.Equal("cancelled", (string)told["status"]!);
        Assert.Equal([$"cancel {running.Id}"], Engine.Calls);
    }

    [Fact(Timeout = Guard)]
    public async Task An_ended_experiment_cannot_be_cancelled_any_more()
    {
        (ExperimentDocument document, _) = await StoreEndedAsync();

        JsonNode told = await JsonAsync(await Http.PostAsync($"experiments/{document.Id}/cancel", null));

        Assert.Equal("completed", (string)told["status"]!);
        Assert.Empty(Engine.Calls);
    }

    [Fact(Timeout = Guard)]
    public async Task A_deleted_experiment_is_forgotten_by_the_engine_first_and_then_gone()
    {
        (ExperimentDocument document, string folder) = await StoreEndedAsync();

        HttpResponseMessage first = await Http.DeleteAsync($"experiments/{document.Id}");
        HttpResponseMessage second = await Http.DeleteAsync($"experiments/{document.Id}");

        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        await ProblemAsync(second, HttpStatusCode.NotFound);
        Assert.Equal([$"forget {document.Id}"], Engine.Calls);
        Assert.False(Directory.Exists(folder));
    }

    [Fact(Timeout = Guard)]
    public async Task An_experiment_that_cannot_be_read_is_told_by_its_file_left_out_of_the_list_and_can_be_deleted()
    {
        (ExperimentDocument document, string folder) = await StoreEndedAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "experiment.json"), "{ torn");

        foreach (string route in new[] { "", "/report", "/timings", "/trace", "/events" })
        {
            JsonObject problem = await ProblemAsync(await Http.GetAsync($"experiments/{document.Id}{route}"), HttpStatusCode.InternalServerError);
            Assert.StartsWith($"{Path.Combine(folder, "experiment.json")} cannot be read ('t' is an invalid start", (string)problem["detail"]!, StringComparison.Ordinal);
        }

        Assert.Empty((await JsonAsync(await Http.GetAsync("experiments")))["experiments"]!.AsArray());
        HttpResponseMessage deleted = await Http.DeleteAsync($"experiments/{document.Id}");

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.False(Directory.Exists(folder));
    }
}
