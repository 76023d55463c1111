using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Api.Tests;

public sealed class ServiceTests : ApiTest
{
    [Fact(Timeout = Guard)]
    public async Task Health_tells_that_nothing_can_be_stored_where_the_engine_says_so()
    {
        Engine.CheckFailure = new StorageUnavailableException("it is away");

        JsonObject problem = await ProblemAsync(await Http.GetAsync("health"), HttpStatusCode.ServiceUnavailable);

        Assert.Equal("it is away", (string)problem["detail"]!);
    }

    [Fact(Timeout = Guard)]
    public async Task Health_is_told_without_asking_the_storage()
    {
        Store.IsDown = true;

        JsonNode health = await JsonAsync(await Http.GetAsync("health"));

        Assert.Equal("healthy", (string)health["status"]!);
        Assert.Equal("scripted", (string)health["engine"]!);
        Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+", (string)health["version"]!);
    }

    [Theory(Timeout = Guard)]
    [InlineData("GET", "experiments")]
    [InlineData("GET", "experiments/20260131-093000-k7qd")]
    [InlineData("GET", "experiments/20260131-093000-k7qd/timings")]
    [InlineData("GET", "experiments/20260131-093000-k7qd/report")]
    [InlineData("DELETE", "experiments/20260131-093000-k7qd")]
    [InlineData("POST", "experiments/20260131-093000-k7qd/cancel")]
    [InlineData("POST", "experiments")]
    public async Task Storage_that_does_not_answer_is_said_not_to(string method, string route)
    {
        Store.IsDown = true;
        using var request = new HttpRequestMessage(new HttpMethod(method), route) { Content = method == "POST" ? Json(SmallSpec) : null };

        HttpResponseMessage response = await Http.SendAsync(request);

        JsonObject problem = await ProblemAsync(response, HttpStatusCode.ServiceUnavailable);
        Assert.Equal(ShakyStore.Message, (string)problem["detail"]!);
        Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
    }

    [Theory(Timeout = Guard)]
    [InlineData("GET", "nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "experiments/20260131-093000-k7qd/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/nothing", HttpStatusCode.NotFound)]
    [InlineData("PUT", "experiments", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "health", HttpStatusCode.MethodNotAllowed)]
    public async Task What_is_not_served_is_a_problem_too(string method, string route, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), route);

        HttpResponseMessage response = await Http.SendAsync(request);

        await ProblemAsync(response, status);
        if (status == HttpStatusCode.MethodNotAllowed)
            Assert.NotEmpty(response.Content.Headers.Allow);
    }

    [Fact(Timeout = Guard)]
    public async Task The_routes_that_are_served_are_those_that_are_described()
    {
        JsonNode description = await DescriptionAsync();

        IEnumerable<string> described = description["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
            .Where(entry => entry.Key != "parameters").Select(entry => $"{entry.Key.ToUpperInvariant()} {path.Key}"));
        IEnumerable<string> served = Server.Routes.SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
            .Select(method => $"{method} /{route.RoutePattern.RawText!.TrimStart('/')}"));

        Assert.Equal(served.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact(Timeout = Guard)]
    public async Task The_description_is_OpenAPI_and_each_reference_in_it_leads_somewhere()
    {
        JsonNode description = await DescriptionAsync();

        Assert.Equal("3.1.0", (string)description["openapi"]!);
        string[] references = [.. References(description)];
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.NotNull(Resolve(description, reference)));
    }

    [Fact(Timeout = Guard)]
    public async Task The_bounds_of_a_spec_are_those_that_are_described()
    {
        JsonNode schema = (await DescriptionAsync())["components"]!["schemas"]!["Spec"]!;

        foreach ((string field, JsonNode? property) in schema["properties"]!.AsObject())
        {
            if ((property!["minimum"] ?? property["exclusiveMinimum"]) is not { } lowest)
                continue;
            bool exclusive = property["minimum"] is null;
            Assert.True(IsTaken(field, (double)property["maximum"]!), field);
            Assert.False(IsTaken(field, (double)property["maximum"]! + 1), field);
            Assert.Equal(!exclusive, IsTaken(field, (double)lowest));
            Assert.False(IsTaken(field, (double)lowest - 1), field);
        }
    }

    [Fact(Timeout = Guard)]
    public async Task The_described_names_are_those_the_engine_can_run()
    {
        JsonNode schemas = (await DescriptionAsync())["components"]!["schemas"]!;

        Assert.Equal(["sequential", "threads"], Strings(schemas["Spec"]!["properties"]!["models"]!["items"]!["enum"]));
        Assert.Equal(["C1", "C4"], Strings(schemas["ClaimsSpec"]!["properties"]!["only"]!["items"]!["enum"]));
        Assert.Contains("primes", Strings(schemas["Workload"]!["properties"]!["kind"]!["enum"]));
    }

    [Fact(Timeout = Guard)]
    public async Task The_described_experiment_has_the_fields_of_a_real_one()
    {
        JsonNode schemas = (await DescriptionAsync())["components"]!["schemas"]!;
        JsonNode schema = schemas["ModelsExperiment"]!;
        // Fields that are left out where they say nothing.
        RunResult run = Samples.Run(1) with
        {
            CountsTaskHub = true,
            OrchestrationStartMs = 1.5,
            ActivitiesRepeated = 1,
            Turnaround = new Turnaround(2, 3),
            HostsFromMs = [0.5],
            MeasuredBy = "0.1.0",
        };
        JsonObject experiment = JsonSerializer.SerializeToNode(
            Samples.Completed() with { OrchestrationStartMs = 2.5, Resumptions = [], Versions = new VersionComparison { Runs = [] }, Runs = [run] }, ExperimentJson.Compact)!.AsObject();

        Assert.Equal(
            ["#/components/schemas/ModelsExperiment", "#/components/schemas/ClaimsExperiment"],
            schemas["Experiment"]!["anyOf"]!.AsArray().Select(kind => (string)kind!["$ref"]!));
        Assert.Contains("claims", schemas["ClaimsExperiment"]!["properties"]!.AsObject().Select(field => field.Key));

        Assert.Equal(experiment.Select(field => field.Key), schema["properties"]!.AsObject().Select(field => field.Key));
        Assert.Equal(
            experiment["runs"]![0]!.AsObject().Select(field => field.Key),
            schema["properties"]!["runs"]!["items"]!["properties"]!.AsObject().Select(field => field.Key));
    }

    [Fact(Timeout = Guard)]
    public async Task The_fields_of_a_spec_of_claims_are_those_that_are_described()
    {
        JsonObject described = (await DescriptionAsync())["components"]!["schemas"]!["ClaimsSpec"]!["properties"]!.AsObject();
        described.Remove("$schema");

        SpecResult result = SpecReader.Read(new JsonObject { ["kind"] = "claims", ["nonsense"] = 1 }, Engine.Rules);

        Assert.EndsWith($"known: {string.Join(", ", described.Select(field => field.Key))}", Assert.Single(result.Errors).Message, StringComparison.Ordinal);
    }

    private async Task<JsonNode> DescriptionAsync() => await JsonAsync(await Http.GetAsync("openapi.json"));

    private bool IsTaken(string field, double value)
    {
        JsonObject spec = JsonNode.Parse(SmallSpec)!.AsObject();
        spec[field] = value;
        // What depends on another field is given along with it.
        if (field == "maxRounds")
            spec["rounds"] = 1;
        if (field is "maxRounds" or "timeBudgetSeconds")
            spec["untilDecided"] = true;
        return SpecReader.Read(spec, Engine.Rules).Spec is not null;
    }

    private static IEnumerable<string> Strings(JsonNode? array) => array!.AsArray().Select(item => (string)item!);

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(entry => entry is { Key: "$ref", Value: JsonValue value }
            ? [(string)value!]
            : References(entry.Value)),
        JsonArray array => array.SelectMany(References),
        _ => [],
    };

    private static JsonNode? Resolve(JsonNode description, string reference)
    {
        Assert.StartsWith("#/", reference, StringComparison.Ordinal);
        JsonNode? found = description;
        foreach (string part in reference[2..].Split('/'))
            found = found is JsonArray array ? array[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)] : found?[part];
        return found;
    }
}
