using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Wording;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Specs;

/// <summary>
/// The JSON Schema of specs: which fields there are, with their types, bounds, defaults and descriptions. The validation takes the bounds from
/// it, and adds what no schema can say.
/// </summary>
public sealed class SpecSchema
{
    /// <summary>What says where a document's schema is, for editors; allowed in every one.</summary>
    internal const string Reference = "$schema";

    private const string Resource = "spec.schema.json";
    private const string Definitions = "$defs";

    private static readonly JsonElement Document = ReadEmbedded();

    private readonly JsonElement _properties;

    private SpecSchema(string definition) => _properties = Document.GetProperty(Definitions).GetProperty(definition).GetProperty("properties");

    internal static SpecSchema OfExperiment { get; } = new("Spec");

    internal static SpecSchema OfWorkload { get; } = new("Workload");

    internal static SpecSchema OfClaims { get; } = new("ClaimsSpec");

    /// <summary>The names of the fields, without <see cref="Reference"/>.</summary>
    internal IReadOnlyList<string> Fields => [.. _properties.EnumerateObject().Select(property => property.Name).Where(name => name != Reference)];

    /// <summary>The schema with the names and limits of an engine, by JSON Schema 2020-12.</summary>
    /// <param name="rules">What the engine knows.</param>
    /// <param name="allowOthers">Whether workloads may be named that the engine does not know: those of users, which another program brings.</param>
    public static JsonObject Create(SpecRules rules, bool allowOthers)
    {
        JsonObject schema = JsonObject.Create(Document)!;
        JsonNode definitions = schema[Definitions]!;
        definitions["VisibleText"]!["pattern"] = VisibleText.Pattern;
        JsonNode spec = definitions["Spec"]!["properties"]!;
        spec["models"]!["items"]!["enum"] = Names(Available(rules.Models, rules));
        if (rules.NoColdStart is not null)
            spec["coldStart"]!["enum"] = new JsonArray(false, null);
        if (rules.Claims is { } claims)
            definitions["ClaimsSpec"]!["properties"]!["only"]!["items"]!["enum"] = Names(claims);
        definitions["Workload"]!["properties"]!["kind"]![allowOthers ? "examples" : "enum"] =
            Names(Available(rules.Workloads.All.Select(workload => workload.Kind), rules));
        definitions["Workload"]!["allOf"] = new JsonArray([.. rules.Workloads.All.Where(workload => !workload.IsOwnCode).Select(LimitsOf)]);
        return schema;
    }

    internal long Minimum(string field) => Find(field, "minimum")?.GetInt64() ?? long.MinValue;

    internal long Maximum(string field) => Find(field, "maximum")?.GetInt64() ?? long.MaxValue;

    internal bool IsAboveZero(string field) => Find(field, "exclusiveMinimum") is not null;

    internal int MaxLength(string field) => Find(field, "maxLength")?.GetInt32() ?? int.MaxValue;

    internal int MaxItems(string field) => _properties.GetProperty(field).GetProperty("maxItems").GetInt32();

    private static JsonObject LimitsOf(Workload workload) => new()
    {
        ["if"] = new JsonObject { ["properties"] = new JsonObject { ["kind"] = new JsonObject { ["const"] = workload.Kind } }, ["required"] = Names(["kind"]) },
        ["then"] = new JsonObject
        {
            ["$ref"] = $"#/{Definitions}/BuiltInWorkload",
            ["properties"] = new JsonObject { ["size"] = new JsonObject { ["maximum"] = workload.MaxSize, ["description"] = workload.SizeUnit } },
        },
    };

    private static IEnumerable<string> Available(IEnumerable<string> names, SpecRules rules) => names.Where(name => !rules.Unavailable.ContainsKey(name));

    private static JsonArray Names(IEnumerable<string> names) => [.. names.Select(name => JsonValue.Create(name))];

    private static JsonElement ReadEmbedded()
    {
        using Stream resource = typeof(SpecSchema).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is not part of the assembly.");
        using var document = JsonDocument.Parse(resource);
        return document.RootElement.Clone();
    }

    private JsonElement? Find(string field, string keyword) =>
        _properties.GetProperty(field).TryGetProperty(keyword, out JsonElement value) ? value : null;
}
