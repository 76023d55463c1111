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
    private const string Removed = "removed";

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1", "1.5", "1e300", "-1e300", "99999999999999999999", "\"\"", "\"threads\"", "\"x\"", "\"<script>\"", "\"\\u202e\"", "[]", "{}", "[ null ]", "[ 1 ]", "{ \"a\": null }", Removed,
    ];

    [Property(MaxTest = 400)]
    public Property An_experiment_with_some_values_replaced_or_removed_is_refused_or_reported() => IsRefusedOrReported("experiment.json");

    [Property(MaxTest = 200)]
    public Property Claims_with_some_values_replaced_or_removed_are_refused_or_reported() => IsRefusedOrReported("claims.json");

    private static Property IsRefusedOrReported(string file)
    {
        Gen<(uint, string)[]> drawn = Gen.Choose(0, int.MaxValue).Select(at => (uint)at).Zip(Gen.Elements(Values)).ArrayOf().Where(array => array.Length is > 0 and < 4);
        return Prop.ForAll(drawn.ToArbitrary(), array =>
        {
            JsonNode document = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Stored", file)))!;
            string[] changes = [.. array.Select(change => Change(document, change.Item1, change.Item2))];
            Exception? thrown = Record.ExceptionAsync(() => ReadAndReportAsync(document.ToJsonString())).GetAwaiter().GetResult();
            Assert.True(thrown is null, $"{string.Join(", ", changes)}: {thrown}");
        });
    }

    // A value anywhere in the document.
    private static string Change(JsonNode document, uint at, string value)
    {
        JsonNode[] all = [.. Descendants(document).Skip(1)];
        JsonNode chosen = all[at % all.Length];
        string place = chosen.GetPath();
        if (value != Removed)
            chosen.ReplaceWith(JsonNode.Parse(value));
        else if (chosen.Parent is JsonArray elements)
            elements.Remove(chosen);
        else
            chosen.Parent!.AsObject().Remove(chosen.GetPropertyName());
        return $"{place} = {value}";
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
