using System.Text.Json.Serialization;

namespace ServerlessConcurrency.Api.Contracts;

/// <summary>The answer to a started experiment: where to find it; absolute URLs.</summary>
/// <param name="StatusUrl">Its status and progress, and everything it found once it has ended.</param>
public sealed record ExperimentLinks(
    string Id,
    Uri StatusUrl,
    Uri ReportUrl,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Uri? TimingsUrl = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Uri? TraceUrl = null);
