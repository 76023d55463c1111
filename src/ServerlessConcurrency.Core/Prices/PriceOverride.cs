using System.Text.Json.Serialization;

namespace ServerlessConcurrency.Core.Prices;

/// <summary>A file of the user's that replaced some prices.</summary>
/// <param name="Region">The region it names; null where it names none.</param>
/// <param name="Date">The date it names; null where it names none.</param>
public sealed record PriceOverride(string? Region, string? Date, string Source, IReadOnlyList<string> Fields)
{
    /// <summary>Another one that had replaced some before; null where none had.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PriceOverride? Earlier { get; init; }
}
