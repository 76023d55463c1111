using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ServerlessConcurrency.Core.Specs;

/// <summary>
/// The one way experiments are written as JSON: camelCase names, enumerations in kebab-case. Whoever reads refuses null, and what is not
/// there, where that is never written: documents may have been written by other versions, or by others.
/// </summary>
public static class ExperimentJson
{
    /// <summary>Options for files: indented.</summary>
    public static JsonSerializerOptions Indented { get; } = Create(indented: true);

    /// <summary>Options for storage and HTTP: on one line.</summary>
    public static JsonSerializerOptions Compact { get; } = Create(indented: false);

    private static JsonSerializerOptions Create(bool indented)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            WriteIndented = indented,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            DefaultIgnoreCondition = JsonIgnoreCondition.Never,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RefuseNullElements } },
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.MakeReadOnly();
        return options;
    }

    // Annotations are respected of properties only.
    private static void RefuseNullElements(JsonTypeInfo type)
    {
        if (type is not { Kind: JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary, ElementType.IsValueType: false })
            return;
        type.OnDeserialized = static elements =>
        {
            int place = 0;
            foreach (object? element in elements is IDictionary dictionary ? dictionary.Values : (IEnumerable)elements)
            {
                if (element is null)
                    throw new JsonException(FormattableString.Invariant($"element {place} is null"));
                place++;
            }
        };
    }
}
