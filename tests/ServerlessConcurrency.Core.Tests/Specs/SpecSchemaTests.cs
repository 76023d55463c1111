using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Json.Schema;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Wording;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Specs;

/// <summary>The schema that editors check a spec by takes and refuses what the validation does.</summary>
public sealed class SpecSchemaTests : IDisposable
{
    // What no schema can say.
    private static readonly string[] BeyondSchemas = ["is listed twice", "is below 'rounds'", "bounds rounds that are added", "is above 'inFlight'"];

    private static readonly string[] Numbers = ["null", "0", "1", "0.5", "1.0", "-1", "2e3", "\"1\"", "[]"];

    private readonly TemporaryFolder _folder = new();
    private readonly SpecRules _rules;
    private readonly JsonObject _schema;
    private readonly JsonSchema _compiled;

    public SpecSchemaTests()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "items.json"), "[1, 2, 3]");
        _rules = SampleSpecs.Rules with
        {
            Workloads = new WorkloadCatalog([.. SampleSpecs.Rules.Workloads.All, new OwnWorkload()]),
            Claims = ["C1", "C2"],
            ItemsFolder = _folder.Path,
        };
        _schema = SpecSchema.Create(_rules, allowOthers: false);
        _compiled = JsonSchema.FromText(_schema.ToJsonString());
    }

    public void Dispose() => _folder.Dispose();

    [Property(MaxTest = 600)]
    public Property What_the_schema_takes_the_validation_takes() => Prop.ForAll(
        Changes("Spec", 3).Zip(Changes("Workload", 2)).Zip(Gen.Elements("primes", "delay", "own")).ToArbitrary(),
        changes =>
        {
            ((var ofSpec, var ofWorkload), string kind) = changes;
            JsonObject spec = JsonNode.Parse("""{ "workloads": [ { "kind": "", "size": 10, "tasks": 2 } ] }""")!.AsObject();
            spec["workloads"]![0]!["kind"] = kind;
            Apply(ofWorkload, spec["workloads"]![0]!.AsObject());
            Apply(ofSpec, spec);
            AssertAgreed(spec);
        });

    [Property(MaxTest = 100)]
    public Property What_the_schema_takes_of_claims_the_validation_takes() => Prop.ForAll(
        Changes("ClaimsSpec", 2).ToArbitrary(),
        changes =>
        {
            var spec = new JsonObject { ["kind"] = "claims" };
            Apply(changes.Where(change => change.Field != "kind"), spec);
            AssertAgreed(spec);
        });

    [Theory]
    [InlineData("""{ "workloads": [] }""")]
    [InlineData("""{ "workloads": null }""")]
    [InlineData("""{ "workloads": [ 1 ] }""")]
    [InlineData("""{ "workloads": [ { "kind": "own" } ] }""")]
    [InlineData("""{ "workloads": [ { "kind": "own", "items": "items.json" } ] }""")]
    [InlineData("""{ "workloads": [ { "kind": "own", "items": null } ] }""")]
    [InlineData("""{ "workloads": [ { "kind": "primes", "size": 1, "items": "items.json" } ] }""")]
    [InlineData("""{ "workloads": [ { "kind": "primes", "tasks": 1 } ] }""")]
    [InlineData("""{ "workloads": [ { "kind": "other", "size": 1, "tasks": 1 } ] }""")]
    [InlineData("""{ "workloads": [ { "kind": "primes", "size": 1, "tasks": 1 } ], "coldStart": true, "warmupRounds": 1 }""")]
    [InlineData("""{ "workloads": [ { "kind": "primes", "size": 1, "tasks": 1 } ], "coldStart": true, "warmupRounds": 0 }""")]
    [InlineData("""{ "workloads": [ { "kind": "primes", "size": 1, "tasks": 1 } ], "precision": 0.1, "untilDecided": true }""")]
    [InlineData("""{ "workloads": [ { "kind": "primes", "size": 1, "tasks": 1 } ], "precision": null, "untilDecided": true }""")]
    [InlineData("""{ "workloads": [ { "kind": "primes", "size": 1, "tasks": 1 } ], "velocity": 1 }""")]
    [InlineData("""{ "$schema": "spec.schema.json", "kind": "claims", "only": [ "C3" ] }""")]
    [InlineData("""{ "$schema": "spec.schema.json", "kind": "claims", "only": [ "C2", "C1" ] }""")]
    [InlineData("""{ "kind": "claims", "only": [ "c1" ] }""")]
    [InlineData("""{ "kind": "claims", "rounds": 1 }""")]
    [InlineData("""{ "kind": "claims", "workloads": [ { "kind": "primes", "size": 1, "tasks": 1 } ] }""")]
    [InlineData("""{ "kind": "cl\u200baims" }""")]
    [InlineData("""{ "workloads": [ { "kind": "own", "items": "items\u200b.json" } ] }""")]
    public void What_depends_on_another_field_is_judged_alike(string spec) => AssertAgreed(JsonNode.Parse(spec)!.AsObject());

    [Theory]
    [InlineData("primes")]
    [InlineData("claims")]
    public void A_name_is_judged_alike_whatever_the_character(string kind)
    {
        int judged = 0;
        foreach (Rune rune in Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(value => new Rune(value)))
        {
            // Most of them are letters or of no use.
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.OtherLetter && ++judged % 4096 != 0)
                continue;
            bool isSpecial = !VisibleText.IsVisible($"{rune}") || Rune.IsWhiteSpace(rune) || rune.Value is 0x200C or 0x200D;
            if (isSpecial || ++judged % 64 == 0)
                foreach (string name in new[] { $"{rune}", $"a{rune}", $"{rune}\n", $" {rune}b" })
                    AssertAgreed(Named(kind, name));
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(101)]
    public void The_length_of_a_name_is_counted_alike(int characters)
    {
        foreach (string character in new[] { "n", "é", "🎈" })
            foreach (string kind in new[] { "primes", "claims" })
                AssertAgreed(Named(kind, string.Concat(Enumerable.Repeat(character, characters))));
    }

    [Fact]
    public void A_workload_of_its_limit_is_taken_and_none_above()
    {
        foreach (Workload workload in _rules.Workloads.All)
            foreach (long size in new[] { workload.MaxSize, workload.MaxSize + 1 })
                AssertAgreed(new JsonObject { ["workloads"] = new JsonArray(new JsonObject { ["kind"] = workload.Kind, ["size"] = size, ["tasks"] = 1 }) });
    }

    [Fact]
    public void The_spec_of_a_document_can_be_checked_too()
    {
        MeasurementSpec spec = SpecReader.Read(JsonNode.Parse(SampleSpecs.Full)!.AsObject(), _rules).Spec!;

        Assert.True(IsTaken(JsonSerializer.SerializeToNode(spec, ExperimentJson.Compact)!));
    }

    [Theory]
    [InlineData("Spec", """{ "workloads": [ { "kind": "primes", "size": 1, "tasks": 1 } ] }""")]
    [InlineData("ClaimsSpec", """{ "kind": "claims" }""")]
    public void The_defaults_are_those_of_a_spec_that_leaves_them_out(string definition, string spec)
    {
        JsonNode read = JsonSerializer.SerializeToNode(SpecReader.Read(JsonNode.Parse(spec)!.AsObject(), _rules).Spec!, ExperimentJson.Compact)!;

        foreach ((string field, JsonNode? property) in Properties(definition).Where(property => property.Key is not ("kind" or "quick")))
            if (property!["default"] is { } value)
                Assert.Equal(value.ToJsonString(), read[field]!.ToJsonString());
        Assert.Empty(read.AsObject().Select(property => property.Key).Except(Properties(definition).Select(property => property.Key)));
    }

    [Fact]
    public void Each_field_is_described_and_names_are_all_there()
    {
        Assert.All(new[] { "Spec", "Workload", "ClaimsSpec" }.SelectMany(Properties), property => Assert.True(
            property.Key == "kind" || property.Value!["description"] is not null, property.Key));
        Assert.Equal(Names<WorkloadNature>(), Enumeration("nature"));
        Assert.Equal(Names<TaskResults>(), Enumeration("results"));
        Assert.Equal(ModelTraits.MostDegree, (int)Properties("Spec")["degree"]!["maximum"]!);
    }

    [Fact]
    public void A_schema_for_any_program_takes_workloads_that_only_another_one_knows()
    {
        JsonSchema open = JsonSchema.FromText(SpecSchema.Create(SampleSpecs.Rules, allowOthers: true).ToJsonString());
        JsonNode spec = JsonNode.Parse("""{ "workloads": [ { "kind": "thumbnail", "tasks": 200 } ] }""")!;

        Assert.True(IsTaken(spec, open));
        Assert.False(IsTaken(spec));
    }

    private static JsonObject Named(string kind, string name) => kind == ClaimsSpec.KindName
        ? new() { ["kind"] = kind, ["name"] = name }
        : new() { ["name"] = name, ["workloads"] = new JsonArray(new JsonObject { ["kind"] = kind, ["size"] = 1, ["tasks"] = 1 }) };

    private JsonObject Properties(string definition) => _schema["$defs"]![definition]!["properties"]!.AsObject();

    private string[] Enumeration(string field) => [.. Properties("Workload")[field]!["enum"]!.AsArray().Where(name => name is not null).Select(name => (string)name!)];

    private static string[] Names<T>()
        where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()))];

    private void AssertAgreed(JsonObject spec)
    {
        string text = spec.ToJsonString();
        string[] mistakes =
        [
            .. SpecReader.Read(spec, _rules).Errors.Select(error => error.ToString())
                .Where(error => !Array.Exists(BeyondSchemas, beyond => error.Contains(beyond, StringComparison.Ordinal))),
        ];
        Assert.True(IsTaken(JsonNode.Parse(text)!) == (mistakes.Length == 0), $"{text}\n{string.Join('\n', mistakes)}");
    }

    private bool IsTaken(JsonNode spec, JsonSchema? schema = null)
    {
        using var document = JsonDocument.Parse(spec.ToJsonString());
        return (schema ?? _compiled).Evaluate(document.RootElement).IsValid;
    }

    private static void Apply(IEnumerable<(string Field, string Value)> changes, JsonObject spec)
    {
        foreach ((string field, string value) in changes)
            spec[field] = JsonNode.Parse(value);
    }

    // Values at, within and beyond the bounds of fields, and of other types.
    private Gen<List<(string Field, string Value)>> Changes(string definition, int most) => Gen.Choose(0, most).SelectMany(count => Gen.Elements(
        Properties(definition).Where(property => property.Key is not ("$schema" or "workloads") && !(definition == "Workload" && property.Key == "kind"))
            .SelectMany(property => Values(property.Key, property.Value!.AsObject()).Select(value => (property.Key, value))).ToArray()).ListOf(count)
        .Select(changes => changes.ToList()));

    private static IEnumerable<string> Values(string field, JsonObject property)
    {
        string[] types = [.. property["type"] is JsonArray several ? several.Select(type => (string)type!) : property["type"] is { } one ? [(string)one!] : []];
        if (types.Contains("integer") || types.Contains("number"))
        {
            long[] bounds = [.. new[] { "minimum", "exclusiveMinimum", "maximum" }.Select(bound => property[bound]).OfType<JsonNode>().Select(bound => (long)bound)];
            return [.. Numbers, .. bounds.SelectMany(bound => new[] { $"{bound - 1}", $"{bound}", $"{bound + 1}" })];
        }

        if (types.Contains("boolean"))
            return ["null", "true", "false", "1"];
        if (types.Contains("array"))
            return ["null", "[]", "[\"sequential\"]", "[\"sequential\", \"threads\"]", "[\"queue\"]", "[1]", "[\"C1\"]", "[\"C9\"]", "\"threads\""];
        int longest = (int?)property["maxLength"] ?? 1;
        IEnumerable<string> texts = field == "items"
            ? ["items.json"]
            : property["enum"] is JsonArray names
                ? names.Where(name => name is not null).Select(name => (string)name!).Append("nonsense")
                : ["x", " ", "a\u0007b", "a\u2028b", "a\u200bb", "🎈", new string('n', longest), new string('n', longest + 1)];
        return ["null", "1", "\"\"", .. texts.Select(text => JsonSerializer.Serialize(text))];
    }

    private sealed class OwnWorkload : Workload
    {
        public override string Kind => "own";

        public override WorkloadNature Nature => WorkloadNature.Mixed;

        public override bool IsOwnCode => true;

        public override string SizeUnit => "";

        public override long MaxSize => 1_000_000_000;

        public override ulong Execute(TaskInput task, Execution execution) => 0;

        public override ValueTask<ulong> ExecuteAsync(TaskInput task, Execution execution) => default;
    }
}
