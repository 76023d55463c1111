using System.Text.Json.Nodes;

namespace ServerlessConcurrency.Infra.Tests.Bicep;

/// <summary>The resources that a deployment would have. What only Azure knows (e.g. a client id) is left as an expression.</summary>
internal sealed class Deployment
{
    private readonly JsonObject _snapshot;

    public Deployment(string snapshot)
    {
        _snapshot = JsonNode.Parse(snapshot)!.AsObject();
        Assert.Empty(_snapshot["diagnostics"]!.AsArray());
        Resources = [.. _snapshot["predictedResources"]!.AsArray().Select(resource => new Resource(resource!.AsObject()))];
    }

    public IReadOnlyList<Resource> Resources { get; }

    public JsonObject Outputs => _snapshot["outputs"]!.AsObject();

    public string Text => _snapshot.ToJsonString();

    public Resource App => Only("Microsoft.Web/sites");

    public Resource Storage => Only("Microsoft.Storage/storageAccounts");

    public Resource Identity => Only("Microsoft.ManagedIdentity/userAssignedIdentities");

    /// <summary>The app's settings.</summary>
    public IReadOnlyDictionary<string, string> Settings => Only("Microsoft.Web/sites/config").Node["properties"]!.AsObject()
        .ToDictionary(setting => setting.Key, setting => (string)setting.Value!, StringComparer.Ordinal);

    public IReadOnlyList<Resource> All(string type) => [.. Resources.Where(resource => resource.Type == type)];

    public Resource Only(string type) => Assert.Single(All(type));

    /// <summary>The resource of a type whose id ends so.</summary>
    public Resource Only(string type, string idEnds) =>
        Assert.Single(All(type), resource => resource.Id.EndsWith(idEnds, StringComparison.Ordinal));
}
