using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServerlessConcurrency.Core.Specs;

/// <summary>The one way experiments are written as JSON: camelCase names, enumerations in kebab-case.</summary>
public static class ExperimentJson
{
    /// <summary>Options for files: indented.</summary>
    public static JsonSerializerOptions Indented { get; } = Create(indented: true);

    /// <summary>Options for storage and HTTP: on one line.</summary>
    public static JsonSerializerOptions Compact { get; } = Create(indented: false);

    /// <summary>Options to read files that a user may have changed: null is refused where none is ever written, and the field is named.</summary>
    public static JsonSerializerOptions Strict { get; } = new(Compact) { RespectNullableAnnotations = true };

    private static JsonSerializerOptions Create(bool indented)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            WriteIndented = indented,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
