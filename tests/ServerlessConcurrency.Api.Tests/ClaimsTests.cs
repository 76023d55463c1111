using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.Files;

namespace ServerlessConcurrency.Api.Tests;

public sealed class ClaimsTests : ApiTest
{
    private const string Spec = """{ "kind": "claims", "only": ["C4"], "quick": true }""";

    [Fact(Timeout = Guard)]
    public async Task Claims_are_started_like_any_experiment_without_links_to_what_they_do_not_have()
    {
        JsonNode links = await JsonAsync(await PostSpecAsync(Spec), HttpStatusCode.Accepted);

        string id = (string)links["id"]!;
        Assert.Equal([$"start {id}"], Engine.Calls);
        Assert.Equal(["id", "statusUrl", "reportUrl"], links.AsObject().Select(link => link.Key));
        JsonNode experiment = await JsonAsync(await Http.GetAsync((string)links["statusUrl"]!));
        Assert.Equal("claims", (string)experiment["spec"]!["kind"]!);
        Assert.Equal("""["C4"]""", experiment["spec"]!["only"]!.ToJsonString());
        Assert.Equal(1, (int)experiment["progress"]!["runsTotal"]!);
        Assert.Contains("Waiting for its turn: 0 of 1 claim done.", await Http.GetStringAsync((string)links["reportUrl"]!), StringComparison.Ordinal);
    }

    [Fact(Timeout = Guard)]
    public async Task Every_mistake_in_a_spec_of_claims_is_in_one_answer()
    {
        JsonObject problem = await ProblemAsync(
            await PostSpecAsync("""{ "kind": "claims", "only": ["C13"], "quick": "yes", "rounds": 3 }"""), HttpStatusCode.BadRequest);

        Assert.Equal(["only[0]", "quick", "rounds"], problem["errors"]!.AsArray().Select(error => (string)error!["field"]!));
        Assert.Contains("known: C1, C4", problem.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(Engine.Calls);
    }

    [Fact(Timeout = Guard)]
    public async Task Measured_claims_are_in_the_experiment_and_in_its_report()
    {
        ClaimsDocument document = await StoreClaimsAsync();

        JsonNode experiment = await JsonAsync(await Http.GetAsync($"experiments/{document.Id}"));
        string report = await Http.GetStringAsync($"experiments/{document.Id}/report");

        Assert.Equal(JsonSerializer.Serialize(document.Claims, ExperimentJson.Compact), experiment["claims"]!.ToJsonString(ExperimentJson.Compact));
        Assert.Equal("holds", (string)experiment["claims"]![0]!["dotNet"]!["verdict"]!);
        Assert.Contains("no python3 here", report, StringComparison.Ordinal);
    }

    [Theory(Timeout = Guard)]
    [InlineData("timings")]
    [InlineData("timings?format=json")]
    [InlineData("trace")]
    [InlineData("comparison?with=20260131-093000-k7qd")]
    public async Task Claims_have_no_timings_no_trace_and_nothing_to_compare(string route)
    {
        ClaimsDocument document = await StoreClaimsAsync();

        JsonObject problem = await ProblemAsync(await Http.GetAsync($"experiments/{document.Id}/{route}"), HttpStatusCode.NotFound);

        Assert.Contains("measures claims", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Contains("report", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    private async Task<ClaimsDocument> StoreClaimsAsync()
    {
        ClaimEvidence measured = ClaimEvidence.Decide([ClaimCriterion.Always("it happens", 6, 6)], []);
        ExperimentDocument sample = Samples.Completed();
        var document = new ClaimsDocument
        {
            Id = sample.Id,
            Status = sample.Status,
            StartedAt = sample.StartedAt,
            FinishedAt = sample.FinishedAt,
            Environment = sample.Environment,
            Spec = new ClaimsSpec { Only = ["C4"] },
            Progress = new ExperimentProgress(1, 1, null),
            Claims = [new ClaimResult("C4", "A claim", measured, ClaimEvidence.NotMeasurable("no python3 here"))],
        };
        await new StoreSink(Store, TimeProvider.System).EndAsync(document, CancellationToken.None);
        return document;
    }
}
