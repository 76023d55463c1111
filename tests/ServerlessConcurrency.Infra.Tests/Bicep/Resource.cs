using System.Text.Json.Nodes;

namespace ServerlessConcurrency.Infra.Tests.Bicep;

/// <summary>A resource that a deployment would have.</summary>
internal sealed record Resource(JsonObject Node)
{
    private const string ExtensionMark = "/providers/";

    public string Id => (string)Node["id"]!;

    public string Type => (string)Node["type"]!;

    public string Name => (string)Node["name"]!;

    /// <summary>The id of the resource that this one is about, for e.g. a role assignment.</summary>
    public string Scope => Id[..Id.LastIndexOf(ExtensionMark, StringComparison.Ordinal)];

    /// <summary>A value inside, e.g. <c>properties.siteConfig.minTlsVersion</c>; null if it is not there.</summary>
    public JsonNode? this[string path] => path.Split('.').Aggregate((JsonNode?)Node, (node, name) => node?[name]);

    /// <summary>A text inside; null if it is not there.</summary>
    public string? Text(string path) => this[path]?.ToString();
}
