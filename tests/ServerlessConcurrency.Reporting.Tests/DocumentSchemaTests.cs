using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Sweeps;

namespace ServerlessConcurrency.Reporting.Tests;

public sealed class DocumentSchemaTests
{
    [Fact]
    public void An_experiment_is_as_its_schema_says()
    {
        ExperimentDocument document = SampleExperiment.Create().Document;

        AssertTaken(document);
        AssertTaken(SampleVersions.Create());
        AssertTaken(document with { Runs = [document.Runs[0] with { WallMs = double.NaN }] });
        AssertRefused<ExperimentDocument>(document, experiment => experiment["status"] = "done");
        AssertRefused<ExperimentDocument>(document, experiment => experiment["runs"]![0]!["wallMs"] = null);
        AssertRefused<ExperimentDocument>(document, experiment => experiment.Remove("spec"));
    }

    [Fact]
    public void Claims_are_as_their_schema_says() => AssertTaken(SampleClaims.Create());

    [Fact]
    public void A_sweep_is_as_its_schema_says() => AssertTaken(
        SampleSweep.Draw(SweepVariable.Degree, [1, 2], (model, value) => model == "sequential" ? 100 : 100.0 / value));

    private static void AssertTaken<T>(T document) => Assert.True(IsTaken<T>(Written(document)));

    private static void AssertRefused<T>(T document, Action<JsonObject> change)
    {
        JsonObject changed = Written(document);
        change(changed);
        Assert.False(IsTaken<T>(changed));
    }

    private static JsonObject Written<T>(T document) => JsonSerializer.SerializeToNode(document, ExperimentJson.Compact)!.AsObject();

    private static bool IsTaken<T>(JsonObject document)
    {
        using var json = JsonDocument.Parse(document.ToJsonString());
        return JsonSchema.FromText(DocumentSchema.Of<T>().ToJsonString()).Evaluate(json.RootElement).IsValid;
    }
}
