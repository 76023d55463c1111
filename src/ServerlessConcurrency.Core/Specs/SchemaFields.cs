using System.Text.Json.Nodes;

namespace ServerlessConcurrency.Core.Specs;

/// <summary>Reads single fields of a JSON object within the bounds that its schema gives.</summary>
/// <inheritdoc cref="SpecFields(JsonObject, string, List{SpecError})"/>
internal sealed class SchemaFields(JsonObject json, string path, List<SpecError> errors, SpecSchema schema) : SpecFields(json, path, errors)
{
    public void RejectUnknown() => RejectUnknown(schema.Fields);

    public string? RequiredText(string field) => RequiredText(field, schema.MaxLength(field));

    public string? Text(string field) => Text(field, schema.MaxLength(field));

    public long? RequiredInteger(string field) => RequiredInteger(field, schema.Minimum(field), schema.Maximum(field));

    public long? Integer(string field) => Integer(field, schema.Minimum(field), schema.Maximum(field));

    public double? Number(string field) =>
        schema.IsAboveZero(field) ? PositiveNumber(field, schema.Maximum(field)) : NumberFromZero(field, schema.Maximum(field));
}
