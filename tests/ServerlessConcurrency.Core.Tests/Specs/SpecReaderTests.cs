using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Tests.Specs;

public sealed class SpecReaderTests
{
    [Fact]
    public void Every_field_is_read()
    {
        var spec = (ExperimentSpec)SampleSpecs.Read(SampleSpecs.Full).Spec!;

        Assert.Equal("cpu-and-io", spec.Name);
        Assert.Equal([new WorkloadSpec("primes", 20_000, 32), new WorkloadSpec("delay", 50, 16)], spec.Workloads);
        Assert.Equal(["sequential", "threads", "async"], spec.Models);
        Assert.Equal(2, spec.Degree);
        Assert.Equal(24, spec.InFlight);
        Assert.Equal(5, spec.Rounds);
        Assert.Equal(2, spec.WarmupRounds);
        Assert.Equal(7, spec.Seed);
        Assert.Equal(0.05, spec.Precision);
        Assert.Equal(40, spec.MaxRounds);
        Assert.Equal(120, spec.TimeBudgetSeconds);
        Assert.Equal(60, spec.TaskTimeoutSeconds);
    }

    [Theory]
    [InlineData("""{ "workloads": [ { "kind": "primes", "size": 1, "tasks": 1 } ] }""")]
    [InlineData("""
        { "workloads": [ { "kind": "primes", "size": 1, "tasks": 1 } ], "name": null, "models": null, "degree": null, "inFlight": null,
          "rounds": null, "warmupRounds": null, "seed": null, "precision": null, "maxRounds": null, "timeBudgetSeconds": null,
          "taskTimeoutSeconds": null }
        """)]
    public void Only_the_workloads_are_required_and_null_counts_as_left_out(string json)
    {
        var spec = (ExperimentSpec)SampleSpecs.Read(json).Spec!;

        Assert.Equal("experiment", spec.Name);
        Assert.Equal(SampleSpecs.Rules.Models, spec.Models);
        Assert.Null(spec.Degree);
        Assert.Null(spec.InFlight);
        Assert.Equal(6, spec.Rounds);
        Assert.Equal(1, spec.WarmupRounds);
        Assert.Equal(42, spec.Seed);
        Assert.Null(spec.Precision);
        Assert.True(spec.UntilDecided);
        Assert.Equal(100, spec.MaxRounds);
        Assert.Null(spec.TimeBudgetSeconds);
        Assert.Equal(300, spec.TaskTimeoutSeconds);
    }

    [Theory]
    [InlineData("\"rounds\": 8", false, 8, 30)]
    [InlineData("\"precision\": 0.05", false, 6, 30)]
    [InlineData("\"rounds\": 8, \"untilDecided\": true", true, 8, 100)]
    [InlineData("\"untilDecided\": false", false, 6, 30)]
    [InlineData("\"maxRounds\": 12", true, 6, 12)]
    public void Rounds_go_on_until_decided_where_nothing_else_is_said(string fields, bool untilDecided, int rounds, int most)
    {
        var spec = (ExperimentSpec)SampleSpecs.Read($$"""{ "workloads": [ { "kind": "primes", "size": 1, "tasks": 1 } ], {{fields}} }""").Spec!;

        Assert.Equal((untilDecided, rounds, most), (spec.UntilDecided, spec.Rounds, spec.MaxRounds));
    }

    [Theory]
    [InlineData("\"precision\": 0.05, \"untilDecided\": true", "untilDecided", "is true, though 'precision' says when to end; leave one of them out")]
    [InlineData("\"maxRounds\": 5", "maxRounds", "5 is below 'rounds', which is 6")]
    public void When_to_end_is_said_once(string fields, string path, string message)
    {
        SpecError error = Assert.Single(SampleSpecs.Read($$"""{ "workloads": [ { "kind": "primes", "size": 1, "tasks": 1 } ], {{fields}} }""").Errors);

        Assert.Equal((path, message), (error.Field, error.Message));
    }

    [Fact]
    public void The_spec_inside_an_experiment_json_reads_back_as_the_same_spec()
    {
        foreach (string json in new[] { SampleSpecs.Full, """{ "workloads": [ { "kind": "mixed", "size": 1, "tasks": 1 } ], "rounds": 99 }""" })
        {
            var spec = (ExperimentSpec)SampleSpecs.Read(json).Spec!;
            string file = JsonSerializer.Serialize(new { Spec = spec }, ExperimentJson.Indented);
            string inside = JsonNode.Parse(file)!["spec"]!.ToJsonString();

            var again = (ExperimentSpec)SampleSpecs.Read(inside).Spec!;

            Assert.Equal(spec.Workloads, again.Workloads);
            Assert.Equal(spec.Models, again.Models);
            Assert.Equal(spec with { Workloads = again.Workloads, Models = again.Models }, again);
        }
    }

    [Fact]
    public void Ten_mistakes_are_found_at_once_each_with_its_field_value_and_bound()
    {
        string[] errors = SampleSpecs.ErrorsOf(
            """
            { "name": "", "wrokloads": 1,
              "workloads": [ { "kind": "prime", "size": 1, "tasks": 1 }, { "kind": "matmul", "size": 5000, "tasks": 0 } ],
              "models": [ "threads", "fork" ],
              "degree": 300, "rounds": 0, "seed": 1.5, "precision": 2, "timeBudgetSeconds": -1 }
            """);

        string[][] expected =
        [
            ["wrokloads: unknown field", "Known: kind, name, workloads"],
            ["name: has 0 characters", "1 to 100"],
            ["workloads[0].kind: unknown workload 'prime'", "Known: primes, sha256, matmul"],
            ["workloads[1].size: 5000 is out of range", "1 to 4096"],
            ["workloads[1].tasks: 0 is out of range", "1 to 100000"],
            ["models[1]: unknown model 'fork'", "known: sequential, threads"],
            ["rounds: 0 is out of range", "1 to 1000"],
            ["precision: 2 is out of range", "above 0 and up to 1"],
            ["degree: 300 is out of range", "1 to 256"],
            ["seed: 1.5 is not a whole number", "-9223372036854775808 to 9223372036854775807"],
            ["timeBudgetSeconds: -1 is out of range", "above 0 and up to 86400"],
        ];
        Assert.Equal(expected.Length, errors.Length);
        Assert.All(expected, parts =>
            Assert.Single(errors, error => parts.All(part => error.Contains(part, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("\"rounds\": 1000", null)]
    [InlineData("\"rounds\": 1001", "rounds: 1001 is out of range; expected 1 to 1000")]
    [InlineData("\"rounds\": 1e2", null)]
    [InlineData("\"rounds\": 100.0", null)]
    [InlineData("\"rounds\": 1e99", "rounds: 1e99 is not a whole number in range; expected 1 to 1000")]
    [InlineData("\"rounds\": 1e999", "rounds: 1e999 is not a whole number in range; expected 1 to 1000")]
    [InlineData("\"rounds\": \"5\"", "rounds: \"5\" is not a whole number; expected 1 to 1000")]
    [InlineData("\"rounds\": [5]", "rounds: [5] is not a whole number; expected 1 to 1000")]
    [InlineData("\"rounds\": true", "rounds: true is not a whole number; expected 1 to 1000")]
    [InlineData("\"warmupRounds\": 0", null)]
    [InlineData("\"warmupRounds\": -1", "warmupRounds: -1 is out of range; expected 0 to 1000")]
    [InlineData("\"degree\": 256", null)]
    [InlineData("\"degree\": 0", "degree: 0 is out of range; expected 1 to 256")]
    [InlineData("\"inFlight\": 1", null)]
    [InlineData("\"inFlight\": 100000", null)]
    [InlineData("\"inFlight\": 0", "inFlight: 0 is out of range; expected 1 to 100000")]
    [InlineData("\"inFlight\": 100001", "inFlight: 100001 is out of range; expected 1 to 100000")]
    [InlineData("\"inFlight\": 1.5", "inFlight: 1.5 is not a whole number in range; expected 1 to 100000")]
    [InlineData("\"seed\": -9223372036854775808", null)]
    [InlineData("\"seed\": 9223372036854775808", "seed: 9223372036854775808 is not a whole number in range")]
    [InlineData("\"precision\": 0", "precision: 0 is out of range; expected a number above 0 and up to 1")]
    [InlineData("\"precision\": 1", null)]
    [InlineData("\"precision\": 1e999", "precision: 1e999 is out of range")]
    [InlineData("\"precision\": \"0.1\"", "precision: \"0.1\" is not a number")]
    [InlineData("\"precision\": 0.1, \"rounds\": 8, \"maxRounds\": 7", "maxRounds: 7 is below 'rounds', which is 8")]
    [InlineData("\"rounds\": 8, \"maxRounds\": 7", "maxRounds: 7 is below 'rounds', which is 8")]
    [InlineData("\"rounds\": 8, \"maxRounds\": 9", "maxRounds: 9 bounds rounds that are added, and none are without 'precision' or 'untilDecided'; give one of them, or leave it out")]
    [InlineData("\"rounds\": 8, \"maxRounds\": 30", null)]
    [InlineData("\"rounds\": 40, \"maxRounds\": 30", null)]
    [InlineData("\"timeBudgetSeconds\": 0.5", null)]
    [InlineData("\"rounds\": 8, \"timeBudgetSeconds\": 0.5", "timeBudgetSeconds: 0.5 bounds rounds that are added, and none are without 'precision' or 'untilDecided'")]
    [InlineData("\"rounds\": 8, \"untilDecided\": true, \"timeBudgetSeconds\": 0.5", null)]
    [InlineData("\"degree\": 2, \"inFlight\": 2", null)]
    [InlineData("\"degree\": 3, \"inFlight\": 2", "degree: 3 is above 'inFlight', which is 2: no more tasks can be under way at once")]
    [InlineData("\"taskTimeoutSeconds\": 86401", "taskTimeoutSeconds: 86401 is out of range")]
    [InlineData("\"name\": \"x\"", null)]
    [InlineData("\"name\": 5", "name: 5 is not a string")]
    [InlineData("\"name\": \"  \"", "name: is blank")]
    [InlineData("\"name\": \"a\\u0007b\"", "name: 'a␇b' has a character that cannot be seen: U+0007")]
    [InlineData("\"name\": \"a\\u2028b\"", "name: 'a�b' has a character that cannot be seen: U+2028 (LINE SEPARATOR)")]
    [InlineData("\"name\": \"a\\u202Eb\"", "name: 'a�b' has a character that cannot be seen: U+202E (RIGHT-TO-LEFT OVERRIDE)")]
    [InlineData("\"name\": \"a\\u200Bb\"", "name: 'a�b' has a character that cannot be seen: U+200B (ZERO WIDTH SPACE)")]
    [InlineData("\"models\": []", "models: is not an array of one or more model ids")]
    [InlineData("\"models\": \"threads\"", "models: is not an array of one or more model ids")]
    [InlineData("\"models\": [ 1 ]", "models[0]: is not a string")]
    [InlineData("\"models\": [ null ]", "models[0]: is not a string")]
    [InlineData("\"models\": [ \"threads\", \"threads\" ]", "models[1]: 'threads' is listed twice")]
    [InlineData("\"models\": [ \"queue\" ]", "models[0]: 'queue' needs storage")]
    [InlineData("\"Rounds\": 5", "Rounds: unknown field")]
    public void Each_field_has_its_bounds(string fields, string? error)
    {
        if (error is null)
            Assert.NotNull(SampleSpecs.Read($$"""{ "workloads": [ { "kind": "primes", "size": 1, "tasks": 1 } ], {{fields}} }""").Spec);
        else
            Assert.StartsWith(error, SampleSpecs.ErrorOf(fields), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "kind": "primes", "size": 100000000, "tasks": 100000 }""", null)]
    [InlineData("""{ "kind": "primes", "size": 100000001, "tasks": 1 }""", "workloads[0].size: 100000001 is out of range; expected 1 to 100000000 for 'primes' (upper bound)")]
    [InlineData("""{ "kind": "primes", "tasks": 1 }""", "workloads[0].size: is missing")]
    [InlineData("""{ "kind": "primes", "size": 1, "tasks": null }""", "workloads[0].tasks: is missing")]
    [InlineData("""{ "size": 1, "tasks": 1 }""", "workloads[0].kind: is missing")]
    [InlineData("""{ "kind": "blob", "size": 1, "tasks": 1 }""", "workloads[0].kind: 'blob' needs storage")]
    [InlineData("""{ "kind": "primes", "size": 1, "tasks": 1, "degree": 1 }""", "workloads[0].degree: unknown field; known: kind, size, tasks, items, nature, results")]
    [InlineData("5", "workloads[0]: is not an object with 'kind', 'size' and 'tasks'")]
    [InlineData("null", "workloads[0]: is not an object with 'kind', 'size' and 'tasks'")]
    public void Each_field_of_a_workload_has_its_bounds(string workload, string? error)
    {
        if (error is null)
            Assert.NotNull(SampleSpecs.Read($$"""{ "workloads": [ {{workload}} ] }""").Spec);
        else
            Assert.Equal(error, SampleSpecs.ErrorOfWorkload(workload));
    }

    [Fact]
    public void The_same_workload_and_size_may_not_be_listed_twice()
    {
        const string Primes = """{ "kind": "primes", "size": 5, "tasks": 1 }""";

        Assert.Equal(
            ["workloads[2]: 'primes' of size 5 is listed twice"],
            SampleSpecs.ErrorsOf($$"""{ "workloads": [ {{Primes}}, { "kind": "primes", "size": 6, "tasks": 1 }, {{Primes}} ] }"""));
    }

    [Theory]
    [InlineData("{}", "workloads: is missing")]
    [InlineData("""{ "workloads": null }""", "workloads: is not an array")]
    [InlineData("""{ "workloads": [] }""", "workloads: has 0 entries; expected an array of 1 to 16")]
    public void Workloads_are_required(string json, string error) =>
        Assert.StartsWith(error, Assert.Single(SampleSpecs.ErrorsOf(json)), StringComparison.Ordinal);

    [Fact]
    public void Seventeen_workloads_are_one_too_many()
    {
        string workloads = string.Join(", ", Enumerable.Range(1, 17).Select(size => $$"""{ "kind": "primes", "size": {{size}}, "tasks": 1 }"""));

        Assert.StartsWith("workloads: has 17 entries", Assert.Single(SampleSpecs.ErrorsOf($$"""{ "workloads": [ {{workloads}} ] }""")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(" \r\n\t", "is empty")]
    [InlineData("[]", "is not a JSON object")]
    [InlineData("null", "is not a JSON object")]
    [InlineData("5", "is not a JSON object")]
    [InlineData("{", "is not valid JSON at line 1, byte 2")]
    [InlineData("{\n  \"name\": oops }", "is not valid JSON at line 2, byte 11")]
    [InlineData("{} {}", "is not valid JSON at line 1")]
    [InlineData("{ \"name\": \"\\ud800\" }", "is not valid JSON: a text in it")]
    [InlineData("{ \"\\udfff\": 1 }", "is not valid JSON: a text in it")]
    [InlineData("{ \"name\": 1, \"name\": 2 }", "is not valid JSON: Duplicate property 'name'")]
    [InlineData("{ \"a\": [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]] }", "is not valid JSON at line 1")]
    public void What_is_no_JSON_object_is_told_in_one_line(string json, string error)
    {
        string message = Assert.Single(SampleSpecs.ErrorsOf(json));

        Assert.StartsWith(error, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_binary_file_is_told_in_one_line()
    {
        byte[] bytes = [.. Enumerable.Range(0, 4096).Select(value => (byte)(value * 7))];

        SpecError error = Assert.Single(SpecReader.Read(bytes, SampleSpecs.Rules).Errors);

        Assert.StartsWith("is not valid JSON", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_comments_and_trailing_commas_are_accepted()
    {
        byte[] utf8 =
        [
            0xEF, 0xBB, 0xBF,
            .. Encoding.UTF8.GetBytes(
                """
                // what to measure
                { "workloads": [ { "kind": "primes", "size": 1, "tasks": 1, }, ], /* and how */ "models": [ "threads", ], }
                """),
        ];

        Assert.NotNull(SpecReader.Read(utf8, SampleSpecs.Rules).Spec);
    }

    [Fact]
    public void One_mebibyte_is_the_most()
    {
        byte[] utf8 = [.. Encoding.UTF8.GetBytes(SampleSpecs.Full), .. Enumerable.Repeat((byte)' ', SpecReader.MaxBytes)];

        Assert.NotNull(SpecReader.Read(utf8.AsSpan(0, SpecReader.MaxBytes), SampleSpecs.Rules).Spec);
        Assert.Equal(
            "has 1,048,577 bytes; a spec has at most 1,048,576",
            Assert.Single(SpecReader.Read(utf8.AsSpan(0, SpecReader.MaxBytes + 1), SampleSpecs.Rules).Errors).ToString());
    }

    [Theory]
    [InlineData(SampleSpecs.Full)]
    [InlineData("""{ "kind": "claims" }""")]
    public void An_engine_that_measures_nothing_refuses_every_spec(string json)
    {
        SpecRules rules = SampleSpecs.Rules with { Claims = ["C1"], Refusal = "cannot be measured here" };

        SpecResult result = SpecReader.Read(Encoding.UTF8.GetBytes(json), rules);

        Assert.Equal("cannot be measured here", Assert.Single(result.Errors).ToString());
        Assert.Null(result.Spec);
        Assert.NotNull(SpecReader.Read(Encoding.UTF8.GetBytes(json), rules with { Refusal = null }).Spec);
    }

    [Fact]
    public void Long_and_unprintable_names_are_shortened_in_messages()
    {
        string error = SampleSpecs.ErrorOf($$""" "models": [ "{{new string('x', 5_000)}}\u0007" ] """);

        Assert.InRange(error.Length, 1, 250);
        Assert.DoesNotContain('\a', SampleSpecs.ErrorOf(""" "models": [ "a\u0007" ] """));
    }

    // As the command line does: an option's value replaces the field of the file.
    [Fact]
    public void Numbers_of_any_type_may_be_put_into_the_object_by_a_program()
    {
        JsonObject json = SpecReader.ParseObject(Encoding.UTF8.GetBytes(SampleSpecs.Full), out _)!;
        json["rounds"] = JsonValue.Create(7);
        json["maxRounds"] = JsonValue.Create(50.0);
        json["seed"] = JsonValue.Create(8L);
        json["precision"] = JsonValue.Create(1L);
        json["timeBudgetSeconds"] = JsonValue.Create(90L);
        json["name"] = JsonValue.Create("by option");
        json["models"] = new JsonArray(JsonValue.Create("async"));

        SpecResult result = SpecReader.Read(json, SampleSpecs.Rules);

        Assert.Empty(result.Errors);
        var spec = (ExperimentSpec)result.Spec!;
        Assert.Equal((7, 50, 8L, 1.0, 90.0), (spec.Rounds, spec.MaxRounds, spec.Seed, spec.Precision!.Value, spec.TimeBudgetSeconds!.Value));
        Assert.Equal("by option", spec.Name);
        Assert.Equal(["sequential", "async"], spec.Models);
    }
}
