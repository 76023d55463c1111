using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Tests.Specs;

public sealed class ClaimsSpecTests
{
    private static readonly SpecRules Rules = SampleSpecs.Rules with { Claims = ["C1", "C3", "C4"] };

    [Fact]
    public void Every_field_is_read()
    {
        ClaimsSpec spec = ReadClaims("""{ "kind": "claims", "name": "a night", "only": ["C4", "C1"], "quick": true, "seed": 7 }""");

        Assert.Equal("claims", spec.Kind);
        Assert.Equal("a night", spec.Name);
        Assert.Equal(["C1", "C4"], spec.Only);
        Assert.True(spec.Quick);
        Assert.Equal(7, spec.Seed);
        Assert.Equal(2, spec.Steps);
    }

    [Theory]
    [InlineData("""{ "kind": "claims" }""")]
    [InlineData("""{ "kind": "claims", "name": null, "only": null, "quick": null, "seed": null, "workloads": null, "models": null, "degree": null }""")]
    public void Only_the_kind_is_required_and_null_counts_as_left_out(string json)
    {
        ClaimsSpec spec = ReadClaims(json);

        Assert.Equal("claims", spec.Name);
        Assert.Equal(["C1", "C3", "C4"], spec.Only);
        Assert.False(spec.Quick);
        Assert.Equal(42, spec.Seed);
    }

    [Theory]
    [InlineData("""["C5"]""", "only[0]: unknown claim 'C5'; known: C1, C3, C4")]
    [InlineData("""["c4"]""", "only[0]: unknown claim 'c4'; known: C1, C3, C4")]
    [InlineData("""["C4", "C4"]""", "only[1]: 'C4' is listed twice")]
    [InlineData("[4]", "only[0]: is not a string")]
    [InlineData("[]", "only: is not an array of one or more claims; known: C1, C3, C4")]
    [InlineData("\"C4\"", "only: is not an array of one or more claims; known: C1, C3, C4")]
    public void A_mistake_in_the_choice_of_claims_tells_those_that_are_known(string only, string error) =>
        Assert.Equal([error], ErrorsOf($$"""{ "kind": "claims", "only": {{only}} }"""));

    [Fact]
    public void All_mistakes_are_found_at_once_and_what_is_for_runs_is_refused() => Assert.Equal(
        [
            "degree: is not for claims; known: kind, name, only, quick, seed",
            "name: has 0 characters; expected 1 to 100",
            "only[0]: unknown claim 'C13'; known: C1, C3, C4",
            "only[1]: is not a string",
            "quick: 1 is neither true nor false",
            "seed: 1.5 is not a whole number in range; expected -9223372036854775808 to 9223372036854775807",
            "thorough: is not for claims; known: kind, name, only, quick, seed",
            "workloads: is not for claims; known: kind, name, only, quick, seed",
        ],
        ErrorsOf(
            """
            { "kind": "claims", "name": "", "only": ["C13", null], "quick": 1, "seed": 1.5, "degree": 2, "thorough": null,
              "workloads": [ { "kind": "primes", "size": 1, "tasks": 1 } ] }
            """).Order(StringComparer.Ordinal));

    [Fact]
    public void The_spec_inside_an_experiment_json_reads_back_as_the_same_spec()
    {
        ClaimsSpec spec = ReadClaims("""{ "kind": "claims", "only": ["C3"], "quick": true }""");
        string file = JsonSerializer.Serialize(new { Spec = spec }, ExperimentJson.Indented);

        ClaimsSpec again = ReadClaims(JsonNode.Parse(file)!["spec"]!.ToJsonString());

        Assert.Equal(JsonSerializer.Serialize(spec, ExperimentJson.Compact), JsonSerializer.Serialize(again, ExperimentJson.Compact));
    }

    [Fact]
    public void An_engine_that_measures_no_claims_says_so() => Assert.Equal(
        ["kind: 'claims' are not measured by this engine"], SampleSpecs.ErrorsOf("""{ "kind": "claims", "only": ["C4"] }"""));

    [Fact]
    public void An_unknown_kind_tells_those_that_are_known() =>
        Assert.Equal("kind: unknown kind 'claim', did you mean 'claims'? Known: models, claims", SampleSpecs.ErrorOf("\"kind\": \"claim\""));

    [Fact]
    public void A_spec_of_models_may_say_so_and_knows_nothing_of_claims()
    {
        const string Workloads = """ "workloads": [ { "kind": "primes", "size": 1, "tasks": 1 } ] """;

        Assert.IsType<ExperimentSpec>(Read($$"""{ "kind": "models", {{Workloads}} }""").Spec);
        Assert.StartsWith("only: unknown field; known: kind, name, workloads", SampleSpecs.ErrorOf("\"only\": [\"C4\"]"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_spec_of_claims_as_earlier_versions_wrote_it_can_be_run_again()
    {
        const string Written =
            """
            { "kind": "claims", "only": ["C3"], "quick": true, "name": "claims", "workloads": [], "models": [], "degree": null, "rounds": 6,
              "warmupRounds": 1, "seed": 42, "precision": null, "maxRounds": 30, "timeBudgetSeconds": null, "taskTimeoutSeconds": 300,
              "driftReference": true, "coldStart": false, "minRunMs": 20 }
            """;

        Assert.Equal(["C3"], ReadClaims(Written).Only);
        Assert.Equal(["rounds: is not for claims; known: kind, name, only, quick, seed"], ErrorsOf(Written.Replace("\"rounds\": 6", "\"rounds\": 7", StringComparison.Ordinal)));
    }

    private static ClaimsSpec ReadClaims(string json) => Assert.IsType<ClaimsSpec>(Read(json).Spec);

    private static SpecResult Read(string json) => SpecReader.Read(Encoding.UTF8.GetBytes(json), Rules);

    private static string[] ErrorsOf(string json)
    {
        SpecResult result = Read(json);
        Assert.Null(result.Spec);
        return [.. result.Errors.Select(error => error.ToString())];
    }
}
