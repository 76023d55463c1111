using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServerlessConcurrency.Core.Specs;

/// <summary>Reads a spec of kind <c>claims</c>: which of them, how thoroughly, and nothing of workloads and models.</summary>
/// <param name="rules">What the engine knows.</param>
/// <param name="errors">Collects the mistakes.</param>
internal sealed class ClaimsSpecValidation(SpecRules rules, List<SpecError> errors)
{
    public SpecResult Read(JsonObject json)
    {
        if (rules.Claims is not { } known)
        {
            errors.Add(new SpecError("kind", "'claims' are not measured by this engine"));
            return new SpecResult(null, errors);
        }

        var fields = new SchemaFields(json, "", errors, SpecSchema.OfClaims);
        var spec = new ClaimsSpec
        {
            Name = fields.Text("name") ?? ClaimsSpec.KindName,
            Only = ReadOnly(json, known),
            Quick = fields.Boolean("quick") ?? false,
            Seed = fields.Integer("seed") ?? 42,
        };
        RejectOthers(json);
        return errors.Count == 0 ? new SpecResult(spec, []) : new SpecResult(null, errors);
    }

    private List<string> ReadOnly(JsonObject json, IReadOnlyList<string> known)
    {
        if (json["only"] is not { } node)
            return [.. known];
        if (node is not JsonArray { Count: > 0 } array)
        {
            errors.Add(new SpecError("only", $"is not an array of one or more claims; known: {string.Join(", ", known)}"));
            return [];
        }

        var chosen = new HashSet<string>();
        for (int index = 0; index < array.Count; index++)
        {
            string path = $"only[{index}]";
            if (array[index] is not JsonValue value || !value.TryGetValue(out string? id))
                errors.Add(new SpecError(path, "is not a string"));
            else if (!known.Contains(id))
                errors.Add(new SpecError(path, $"unknown claim '{SpecFields.Shorten(id)}'; known: {string.Join(", ", known)}"));
            else if (!chosen.Add(id))
                errors.Add(new SpecError(path, $"'{id}' is listed twice"));
        }

        return [.. known.Where(chosen.Contains)];
    }

    /// <summary>
    /// Takes down every other field, unless it has the value that earlier versions wrote with a spec of claims, so that the one inside
    /// an experiment.json of theirs can be run again.
    /// </summary>
    private void RejectOthers(JsonObject json)
    {
        var written = (JsonObject)JsonSerializer.SerializeToNode(new ExperimentSpec { Workloads = [], Models = [] }, ExperimentJson.Compact)!;
        foreach ((string field, JsonNode? value) in json)
            if (field != SpecSchema.Reference && !SpecSchema.OfClaims.Fields.Contains(field) && !(written.TryGetPropertyValue(field, out JsonNode? own) && (value is null || JsonNode.DeepEquals(value, own))))
                errors.Add(new SpecError(SpecFields.Shorten(field), $"is not for claims; known: {string.Join(", ", SpecSchema.OfClaims.Fields)}"));
    }
}
