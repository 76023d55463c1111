using System.Text.Json.Serialization;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Documents;

/// <summary>A measurement of claims and the verdicts on them.</summary>
public sealed record ClaimsDocument : MeasurementDocument
{
    /// <summary>What was asked for.</summary>
    [JsonPropertyOrder(-4)]
    public new required ClaimsSpec Spec { get; init; }

    /// <summary>The claims that were measured, in their order.</summary>
    public IReadOnlyList<ClaimResult> Claims { get; init; } = [];

    private protected override MeasurementSpec SpecOfKind => Spec;
}
