using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Tests.Specs;

public sealed class SpecReaderProperties
{
    private static readonly string[] Names =
    [
        "name", "workloads", "models", "degree", "inFlight", "rounds", "warmupRounds", "seed", "precision", "maxRounds",
        "timeBudgetSeconds", "taskTimeoutSeconds", "kind", "size", "tasks", "other",
    ];

    [Property(MaxTest = 500)]
    public void Arbitrary_bytes_are_read_or_refused_but_never_throw(byte[] bytes) => AssertJudged(SpecReader.Read(bytes, SampleSpecs.Rules));

    [Property(MaxTest = 500)]
    public void Arbitrary_text_is_read_or_refused_but_never_throws(string? text) =>
        AssertJudged(SpecReader.Read(Encoding.UTF8.GetBytes(text ?? ""), SampleSpecs.Rules));

    [Property(MaxTest = 2_000)]
    public void A_valid_spec_with_some_bytes_changed_is_read_or_refused_but_never_throws((ushort At, byte Value)[] changes)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(SampleSpecs.Full);
        foreach ((ushort at, byte value) in changes)
            bytes[at % bytes.Length] = value;

        AssertJudged(SpecReader.Read(bytes, SampleSpecs.Rules));
    }

    [Property(MaxTest = 500)]
    public void A_valid_spec_that_ends_early_is_refused(ushort length)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(SampleSpecs.Full);

        SpecResult result = SpecReader.Read(bytes.AsSpan(0, length % bytes.Length), SampleSpecs.Rules);

        Assert.Null(result.Spec);
        AssertJudged(result);
    }

    [Property(MaxTest = 1_000)]
    public Property Arbitrary_JSON_under_the_known_names_is_read_or_refused_but_never_throws() => Prop.ForAll(
        Json(3).ToArbitrary(), json => AssertJudged(SpecReader.Read(Encoding.UTF8.GetBytes(json), SampleSpecs.Rules)));

    [Property(MaxTest = 1_000)]
    public Property A_valid_spec_with_one_field_replaced_by_arbitrary_JSON_is_read_or_refused_but_never_throws() => Prop.ForAll(
        Gen.Elements(Names).Zip(Json(2).Where(json => !json.Contains("\\ud800", StringComparison.Ordinal))).ToArbitrary(),
        change =>
        {
            JsonObject spec = JsonNode.Parse(SampleSpecs.Full)!.AsObject();
            spec[change.Item1] = JsonNode.Parse(change.Item2);
            if (change.Item1 != "workloads" && spec["workloads"]![0] is JsonObject workload)
                workload[change.Item1] = JsonNode.Parse(change.Item2);
            AssertJudged(SpecReader.Read(Encoding.UTF8.GetBytes(spec.ToJsonString()), SampleSpecs.Rules));
        });

    private static Gen<string> Json(int depth)
    {
        Gen<string> value = Gen.OneOf(
            Gen.Elements("null", "true", "false", "0", "-1", "1", "1.5", "1e3", "1e400", "99999999999999999999", "\"\"", "\"\\ud800\""),
            ArbMap.Default.GeneratorFor<int>().Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ArbMap.Default.GeneratorFor<string>().Select(text => JsonValue.Create(text ?? "").ToJsonString()),
            Gen.Elements("primes", "delay", "queue", "blob", "threads", "sequential").Select(name => $"\"{name}\""));
        if (depth == 0)
            return value;
        Gen<string> field = Gen.Elements(Names).Zip(Json(depth - 1)).Select(pair => $"\"{pair.Item1}\": {pair.Item2}");
        return Gen.OneOf(
            value,
            Json(depth - 1).ListOf(3).Select(values => $"[ {string.Join(", ", values)} ]"),
            field.ListOf(4).Select(fields => $"{{ {string.Join(", ", fields)} }}"));
    }

    private static void AssertJudged(SpecResult result)
    {
        Assert.Equal(result.Spec is null, result.Errors.Count > 0);
        Assert.All(result.Errors, error =>
        {
            Assert.NotEmpty(error.Message);
            Assert.DoesNotContain(error.ToString(), character => char.IsControl(character));
        });
    }
}
