using System.Text.Json.Nodes;
using ServerlessConcurrency.Api.Contracts;
using ServerlessConcurrency.Core.Comparisons;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.Exporting;

namespace ServerlessConcurrency.Api.OpenApi;

/// <summary>
/// The OpenAPI 3.1 document: routes and parameters from openapi.json, the schema of specs from <see cref="SpecSchema"/>, those of answers from the
/// types that are answered with.
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
        schemas["Comparison"] = SchemaOf<ExperimentComparison>("Comparison");
        schemas["Health"] = SchemaOf<HealthState>("Health");
        schemas["Workloads"] = SchemaOf<WorkloadList>("Workloads");
        foreach ((string name, JsonNode? schema) in Spec(rules))
            schemas[name] = schema!.DeepClone();
        return System.Text.Encoding.UTF8.GetBytes(document.ToJsonString(ExperimentJson.Indented));
    }

    private static JsonObject Reference(string schema) => new() { ["$ref"] = Place(schema) };

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

    // As they refer to each other in their own document, they do here.
    private static JsonObject Spec(SpecRules rules) => JsonNode.Parse(
        SpecSchema.Create(rules, allowOthers: false)["$defs"]!.ToJsonString().Replace("#/$defs/", Place(""), StringComparison.Ordinal))!.AsObject();

    private static JsonObject SchemaOf<T>(string name) => DocumentSchema.Of<T>(Place(name));

    private static string Place(string schema) => $"#/components/schemas/{schema}";
}
