using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.Files;
using ServerlessConcurrency.Reporting.HtmlReport;

namespace ServerlessConcurrency.Reporting.Tests;

/// <summary>Documents that were written when experiments and claims were of one type.</summary>
public sealed class StoredDocumentTests : IDisposable
{
    private readonly TemporaryFolder _results = new();

    [Fact]
    public async Task An_experiment_is_read_and_written_with_every_field_that_it_had()
    {
        JsonObject stored = Stored("experiment.json");

        var document = Assert.IsType<ExperimentDocument>(await FindAsync(stored));

        AssertKept(stored, Json(document), "");
    }

    [Theory]
    [InlineData("experiment.json")]
    [InlineData("claims.json")]
    public async Task What_a_later_version_wrote_is_refused(string file)
    {
        JsonObject stored = Stored(file);
        stored["schemaVersion"] = StoredSchema.Version + 1;

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => FindAsync(stored));

        Assert.Contains("later version", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claims_are_read_and_written_with_every_field_that_says_something()
    {
        JsonObject stored = Stored("claims.json");

        var document = Assert.IsType<ClaimsDocument>(await FindAsync(stored));

        JsonObject written = Json(document);
        string[] ofRuns = ["runs", "analysis", "recommendation", "prices"];
        Assert.Equal(stored.Select(field => field.Key).Except(ofRuns).Prepend("schemaVersion"), written.Select(field => field.Key));
        Assert.Equal(["kind", "only", "quick", "name", "seed"], written["spec"]!.AsObject().Select(field => field.Key));
        foreach (string kept in written.Select(field => field.Key).Where(field => field is not ("spec" or "schemaVersion")))
            AssertKept(stored[kept], written[kept], kept);
        foreach (string kept in written["spec"]!.AsObject().Select(field => field.Key))
            AssertKept(stored["spec"]![kept], written["spec"]![kept], $"spec.{kept}");
    }

    [Fact]
    public async Task The_charts_of_claims_without_bounds_and_axes_still_show_their_figures()
    {
        var document = (ClaimsDocument)(await FindAsync(Stored("claims.json")))!;

        string report = await Written.ByAsync(new HtmlReportExporter(), document);

        Assert.NotEmpty(document.Claims.SelectMany(claim => claim.DotNet.Figures));
        Assert.All(
            document.Claims.SelectMany(claim => claim.DotNet.Figures).Select(figure => figure.Chart),
            chart => Assert.Contains($"<figcaption>{chart}", report, StringComparison.Ordinal));
        Assert.DoesNotContain("bound of a verdict", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "spec": { "workloads": [], "models": [], "kind": null } }""", "Experiment")]
    [InlineData("""{ "other": [ { "spec": { "kind": "claims" } } ], "Spec": { "x": { "kind": "claims" }, "models": [] } }""", "Experiment")]
    [InlineData("""{ "claims": [], "Spec": { "only": [ "C1" ], "Kind": "claims" } }""", "Claims")]
    [InlineData("{}", "Experiment")]
    public void The_kind_is_told_by_the_spec_wherever_it_stands(string json, string kind)
    {
        var exception = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<MeasurementDocument>(json, ExperimentJson.Compact));

        // None of these is complete; the message names the type that was to be read.
        Assert.Matches($@"type 'ServerlessConcurrency\.Core\.\w+\.{kind}(Document|Spec)'", exception.Message);
    }

    public void Dispose() => _results.Dispose();

    private async Task<MeasurementDocument?> FindAsync(JsonObject stored)
    {
        string id = (string)stored["id"]!;
        Directory.CreateDirectory(Path.Combine(_results.Path, id));
        await File.WriteAllTextAsync(Path.Combine(_results.Path, id, "experiment.json"), stored.ToJsonString());
        await using var results = new ResultsFolder(_results.Path);
        return await results.FindAsync(id);
    }

    // Fields that came later are new; of those that there were only the ones that no version reads any more are gone.
    private static void AssertKept(JsonNode? stored, JsonNode? written, string path)
    {
        string[] gone = ["confidence", "runnerUp", "margin", "marginLow", "marginHigh"];
        switch (stored)
        {
            case JsonObject fields:
                foreach ((string name, JsonNode? value) in fields.Where(field => !gone.Contains(field.Key)))
                    AssertKept(value, written![name], $"{path}.{name}");
                break;
            case JsonArray items:
                Assert.Equal(items.Count, written!.AsArray().Count);
                for (int index = 0; index < items.Count; index++)
                    AssertKept(items[index], written[index], $"{path}[{index}]");
                break;
            default:
                Assert.True(JsonNode.DeepEquals(stored, written), $"{path}: {stored} became {written}");
                break;
        }
    }

    private static JsonObject Stored(string file) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Stored", file)))!.AsObject();

    private static JsonObject Json(MeasurementDocument document) =>
        JsonSerializer.SerializeToNode(document, ExperimentJson.Compact)!.AsObject();
}
