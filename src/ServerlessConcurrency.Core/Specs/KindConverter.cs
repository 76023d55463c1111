using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServerlessConcurrency.Core.Specs;

/// <summary>
/// Reads JSON as one of two kinds. What tells them apart need not come first, and is missing from experiments, so that the polymorphism
/// of System.Text.Json does not fit.
/// </summary>
/// <param name="experiment">The type of experiments.</param>
/// <param name="claims">The type of measurements of claims.</param>
/// <param name="path">The names of the properties that lead to the kind.</param>
internal abstract class KindConverter<T>(Type experiment, Type claims, string[] path) : JsonConverter<T>
    where T : class
{
    /// <inheritdoc/>
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        (T?)JsonSerializer.Deserialize(ref reader, IsOfClaims(reader) ? claims : experiment, options);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, value.GetType(), options);

    // A copy of the reader looks ahead.
    private bool IsOfClaims(Utf8JsonReader reader)
    {
        foreach (string name in path)
            if (!GoTo(ref reader, name))
                return false;
        return reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(ClaimsSpec.KindName);
    }

    private static bool GoTo(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool found = name.Equals(reader.GetString(), StringComparison.OrdinalIgnoreCase);
            reader.Read();
            if (found)
                return true;
            reader.Skip();
        }

        return false;
    }
}
