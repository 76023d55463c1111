using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using ServerlessConcurrency.Api.Contracts;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.Exporting;

namespace ServerlessConcurrency.Api.OpenApi;

/// <summary>
/// The OpenAPI 3.1 document: routes, parameters and the spec's bounds from openapi.json, the schemas of answers from the types
/// that are answered with, the names of workloads, models and claims from the engine.
/// </summary>
internal static class OpenApiDocument
{
    private const string Resource = "openapi.json";

    public static byte[] Create(string version, SpecRules rules)
    {
        using Stream resource = typeof(OpenApiDocument).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is not part of the assembly.");
        JsonNode document = JsonNode.Parse(resource)!;
        document["info"]!["version"] = version;
        DescribeFormats(document["paths"]![$"/{ApiRoutes.Prefix}/{ApiRoutes.Timings}"]!["get"]!);
        JsonObject schemas = document["components"]!["schemas"]!.AsObject();
        schemas["ModelsExperiment"] = SchemaOf<ExperimentDocument>("ModelsExperiment");
        schemas["ClaimsExperiment"] = SchemaOf<ClaimsDocument>("ClaimsExperiment");
        schemas["Experiment"] = new JsonObject { ["anyOf"] = new JsonArray(Reference("ModelsExperiment"), Reference("ClaimsExperiment")) };
        schemas["Links"] = SchemaOf<ExperimentLinks>("Links");
        schemas["Page"] = SchemaOf<ExperimentPage>("Page");
        schemas["Page"]!["properties"]!["experiments"]!["items"] = Reference("Experiment");
        schemas["Health"] = SchemaOf<HealthState>("Health");
        schemas["Workloads"] = SchemaOf<WorkloadList>("Workloads");
        schemas["Workload"]!["properties"]!["kind"]!["enum"] =
            Names(rules.Workloads.All.Select(workload => workload.Kind), rules);
        schemas["Spec"]!["properties"]!["models"]!["items"]!["enum"] = Names(rules.Models, rules);
        if (rules.Claims is { } claims)
            schemas["ClaimsSpec"]!["properties"]!["only"]!["items"]!["enum"] = new JsonArray([.. claims.Select(claim => JsonValue.Create(claim))]);
        return System.Text.Encoding.UTF8.GetBytes(document.ToJsonString(ExperimentJson.Indented));
    }

    private static JsonObject Reference(string schema) => new() { ["$ref"] = $"#/components/schemas/{schema}" };

    private static void DescribeFormats(JsonNode getTimings)
    {
        JsonNode format = getTimings["parameters"]![0]!["schema"]!;
        format["enum"] = new JsonArray([.. TimingFormats.Tables.Select(exporter => JsonValue.Create(exporter.Format))]);
        format["default"] = TimingFormats.Tables[0].Format;
        var content = new JsonObject();
        foreach (ITimingExporter exporter in TimingFormats.Tables)
            content[exporter.MediaType.Split(';')[0]] = new JsonObject { ["schema"] = SchemaOfFile(exporter.MediaType) };
        getTimings["responses"]!["200"]!["content"] = content;
    }

    private static JsonObject SchemaOfFile(string mediaType) => mediaType.StartsWith("text/", StringComparison.Ordinal) ? new() { ["type"] = "string" } : [];

    private static JsonArray Names(IEnumerable<string> names, SpecRules rules) =>
        [.. names.Where(name => !rules.Unavailable.ContainsKey(name)).Select(name => JsonValue.Create(name))];

    private static JsonNode SchemaOf<T>(string name)
    {
        var options = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true };
        JsonNode schema = ExperimentJson.Compact.GetJsonSchemaAsNode(typeof(T), options);
        Relocate(schema, $"#/components/schemas/{name}");
        return schema;
    }

    // A type that comes up twice is described once and referred to from the schema's own root, which is elsewhere here.
    private static void Relocate(JsonNode? node, string root)
    {
        if (node is JsonArray array)
        {
            foreach (JsonNode? item in array)
                Relocate(item, root);
        }
        else if (node is JsonObject schema)
        {
            if (schema["$ref"] is JsonValue reference)
                schema["$ref"] = root + reference.GetValue<string>()[1..];
            foreach ((_, JsonNode? value) in schema.ToArray())
                Relocate(value, root);
        }
    }
}
