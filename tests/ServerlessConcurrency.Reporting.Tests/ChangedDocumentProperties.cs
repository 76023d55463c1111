using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.Exporting;

namespace ServerlessConcurrency.Reporting.Tests;

/// <summary>Documents that older, later or hostile writers may have stored.</summary>
public sealed class ChangedDocumentProperties
{
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1", "1.5", "1e300", "-1e300", "99999999999999999999", "\"\"", "\"threads\"", "\"x\"", "\"<script>\"", "\"\\u202e\"", "[]", "{}", "[ null ]", "[ 1 ]", "{ \"a\": null }",
    ];

    [Property(MaxTest = 400)]
    public Property An_experiment_with_some_values_replaced_is_refused_or_reported() => IsRefusedOrReported("experiment.json");

    [Property(MaxTest = 200)]
    public Property Claims_with_some_values_replaced_are_refused_or_reported() => IsRefusedOrReported("claims.json");

    private static Property IsRefusedOrReported(string file)
    {
        Gen<(uint, string)[]> changes = Gen.Choose(0, int.MaxValue).Select(at => (uint)at).Zip(Gen.Elements(Values)).ArrayOf().Where(array => array.Length is > 0 and < 4);
        return Prop.ForAll(changes.ToArbitrary(), array =>
        {
            JsonNode document = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Stored", file)))!;
            foreach ((uint at, string value) in array)
                Change(document, at, value);
            ReadAndReportAsync(document.ToJsonString()).GetAwaiter().GetResult();
        });
    }

    // A value anywhere in the document.
    private static void Change(JsonNode document, uint at, string value)
    {
        JsonNode[] all = [.. Descendants(document).Skip(1)];
        JsonNode chosen = all[at % all.Length];
        chosen.ReplaceWith(JsonNode.Parse(value));
    }

    private static IEnumerable<JsonNode> Descendants(JsonNode node) => node switch
    {
        JsonObject fields => fields.Where(field => field.Value is not null).SelectMany(field => Descendants(field.Value!)).Prepend(node),
        JsonArray elements => elements.Where(element => element is not null).SelectMany(element => Descendants(element!)).Prepend(node),
        _ => [node],
    };

    private static async Task ReadAndReportAsync(string json)
    {
        MeasurementDocument? document;
        try
        {
            document = JsonSerializer.Deserialize<MeasurementDocument>(json, ExperimentJson.Compact);
        }
        catch (JsonException)
        {
            return;
        }

        if (document is null)
            return;
        foreach (IDocumentExporter<MeasurementDocument> exporter in Exporters.Reports)
            await exporter.WriteAsync(document, Stream.Null);
        ExperimentConclusion.Draw(document);
    }
}
