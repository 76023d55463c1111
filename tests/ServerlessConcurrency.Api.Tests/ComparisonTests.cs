using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Comparisons;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Api.Tests;

public sealed class ComparisonTests : ApiTest
{
    [Fact(Timeout = Guard)]
    public async Task Two_experiments_are_compared_as_everywhere_else()
    {
        ExperimentDocument before = await StoreAsync(factor: 1);
        ExperimentDocument after = await StoreAsync(factor: 2);

        JsonNode told = await JsonAsync(await Http.GetAsync($"experiments/{after.Id}/comparison?with={before.Id}"));

        Assert.True(JsonNode.DeepEquals(JsonSerializer.SerializeToNode(ExperimentComparer.Compare(before, after), ExperimentJson.Compact), told));
        Assert.Equal((before.Id, after.Id), ((string)told["before"]!, (string)told["after"]!));
        Assert.Equal(2, (double)told["runs"]![0]!["ratio"]!);
    }

    [Theory(Timeout = Guard)]
    [InlineData("")]
    [InlineData("?with=")]
    [InlineData("?with=../x")]
    public async Task Without_another_experiment_there_is_nothing_to_compare_with(string query)
    {
        ExperimentDocument document = await StoreAsync(factor: 1);

        JsonObject problem = await ProblemAsync(await Http.GetAsync($"experiments/{document.Id}/comparison{query}"), HttpStatusCode.BadRequest);

        Assert.Equal("with", (string)problem["errors"]![0]!["field"]!);
    }

    [Fact(Timeout = Guard)]
    public async Task The_one_that_is_not_there_is_named()
    {
        ExperimentDocument document = await StoreAsync(factor: 1);

        JsonObject problem = await ProblemAsync(
            await Http.GetAsync($"experiments/{document.Id}/comparison?with=20260131-093000-zzzz"), HttpStatusCode.NotFound);

        Assert.Contains("20260131-093000-zzzz", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact(Timeout = Guard)]
    public async Task Experiments_that_measured_different_things_cannot_be_compared()
    {
        ExperimentDocument before = await StoreAsync(factor: 1);
        ExperimentDocument after = await StoreAsync(factor: 1, workload: "sha256");

        JsonObject problem = await ProblemAsync(await Http.GetAsync($"experiments/{after.Id}/comparison?with={before.Id}"), HttpStatusCode.BadRequest);

        Assert.Contains("in common", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Theory(Timeout = Guard)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task One_with_a_run_that_took_no_time_is_damaged_and_the_field_is_named(double factor)
    {
        ExperimentDocument before = await StoreAsync(factor: 1);
        ExperimentDocument damaged = await StoreAsync(factor);

        foreach (string route in (string[])[$"{damaged.Id}/comparison?with={before.Id}", $"{before.Id}/comparison?with={damaged.Id}"])
        {
            JsonObject problem = await ProblemAsync(await Http.GetAsync($"experiments/{route}"), HttpStatusCode.InternalServerError);

            Assert.Contains($"{damaged.Id} cannot be compared: runs[0].wallMs: ", (string)problem["detail"]!, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = Guard)]
    public async Task One_that_is_under_way_is_a_conflict()
    {
        ExperimentDocument before = await StoreAsync(factor: 1);
        ExperimentDocument running = Samples.Running(DateTimeOffset.UtcNow);
        await Store.SaveAsync(running);

        await ProblemAsync(await Http.GetAsync($"experiments/{running.Id}/comparison?with={before.Id}"), HttpStatusCode.Conflict);
        await ProblemAsync(await Http.GetAsync($"experiments/{before.Id}/comparison?with={running.Id}"), HttpStatusCode.Conflict);
    }

    private async Task<ExperimentDocument> StoreAsync(double factor, string workload = "primes")
    {
        ExperimentDocument sample = Samples.Completed(runs: 6);
        ExperimentDocument document = sample with
        {
            Spec = sample.Spec with { Workloads = [new WorkloadSpec(workload, 20_000, 250)] },
            Runs = [.. sample.Runs.Select(run => run with { Workload = workload, WallMs = run.WallMs * factor })],
        };
        await Store.SaveAsync(document);
        return document;
    }
}
