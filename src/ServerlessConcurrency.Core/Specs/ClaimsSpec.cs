using System.Text.Json.Serialization;

namespace ServerlessConcurrency.Core.Specs;

/// <summary>Which claims to measure, and how thoroughly.</summary>
public sealed record ClaimsSpec : MeasurementSpec
{
    /// <summary>What <see cref="Kind"/> says of a spec of claims.</summary>
    public const string KindName = "claims";

    /// <summary>What tells it from an experiment, whose spec has none.</summary>
    public string Kind { get; } = KindName;

    /// <summary>The ids of the claims to measure, in their order.</summary>
    public required IReadOnlyList<string> Only { get; init; }

    /// <summary>Whether they are measured with as few rounds as a verdict needs: a minute instead of ten.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Quick { get; init; }

    /// <inheritdoc/>
    /// <value><c>claims</c> unless given.</value>
    public override string Name { get; init; } = KindName;

    /// <summary>The seed of task inputs and of the bootstrap.</summary>
    public long Seed { get; init; } = 42;

    /// <inheritdoc/>
    [JsonIgnore]
    public override int Steps => Only.Count;
}
