using System.Text.Json.Serialization;

namespace ServerlessConcurrency.Api.Contracts;

/// <summary>The answer to a started experiment: where to find it; absolute URLs.</summary>
/// <param name="Id">The experiment's id.</param>
/// <param name="StatusUrl">Its status and progress, and everything it found once it has ended.</param>
/// <param name="ReportUrl">Its report for people.</param>
/// <param name="TimingsUrl">Its timings, a row per task attempt; left out for claims, which have none.</param>
/// <param name="TraceUrl">Its trace for Perfetto; left out for claims, which have none.</param>
public sealed record ExperimentLinks(
    string Id,
    Uri StatusUrl,
    Uri ReportUrl,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Uri? TimingsUrl = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Uri? TraceUrl = null);
