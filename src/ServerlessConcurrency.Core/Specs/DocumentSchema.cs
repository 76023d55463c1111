using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace ServerlessConcurrency.Core.Specs;

/// <summary>The JSON Schema of what this program writes, from the types that are written.</summary>
public static class DocumentSchema
{
    private static readonly JsonSchemaExporterOptions Options = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = AllowNull };

    /// <param name="place">Where in another document the schema will stand, e.g. <c>#/$defs/Experiment</c>; empty where it stands alone.</param>
    public static JsonObject Of<T>(string place = "")
    {
        JsonNode schema = ExperimentJson.Compact.GetJsonSchemaAsNode(typeof(T), Options);
        if (place.Length > 0)
            Relocate(schema, place);
        return schema.AsObject();
    }

    // Left out by the exporter for numbers, which may be texts such as NaN here.
    private static JsonNode AllowNull(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (Nullable.GetUnderlyingType(context.TypeInfo.Type) is not null && schema["anyOf"] is JsonArray kinds)
            kinds.Add(new JsonObject { ["type"] = "null" });
        return schema;
    }

    // A type that comes up twice is described once and referred to from the schema's own root.
    private static void Relocate(JsonNode? node, string place)
    {
        if (node is JsonArray array)
        {
            foreach (JsonNode? item in array)
                Relocate(item, place);
        }
        else if (node is JsonObject schema)
        {
            if (schema["$ref"] is JsonValue reference)
                schema["$ref"] = place + reference.GetValue<string>()[1..];
            foreach ((_, JsonNode? value) in schema.ToArray())
                Relocate(value, place);
        }
    }
}
