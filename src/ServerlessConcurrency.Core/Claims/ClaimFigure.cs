using System.Text.Json.Serialization;
using ServerlessConcurrency.Core.Analysis;

namespace ServerlessConcurrency.Core.Claims;

/// <summary>A measured figure with its interval.</summary>
/// <param name="Chart">What the figures that are drawn together show, e.g. <c>speed-up over sequential</c>.</param>
/// <param name="Name">What this one is, e.g. <c>threads</c>.</param>
/// <param name="Unit">The unit, e.g. <c>ms</c>, <c>times</c> or <c>%</c>; the same for all figures of a chart.</param>
/// <param name="Estimate">The estimate, e.g. the median.</param>
/// <param name="Low">The lower end of its 95 % interval.</param>
/// <param name="High">The upper end of its 95 % interval.</param>
/// <param name="X">Its place on a horizontal axis, e.g. a size in bytes; null where the figures of the chart have no order.</param>
public sealed record ClaimFigure(string Chart, string Name, string Unit, double Estimate, double Low, double High, double? X = null)
{
    /// <summary>What <see cref="X"/> is, e.g. <c>size in bytes</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Axis { get; init; }

    /// <summary>What a criterion compares the figure with; null where no verdict rests on it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Bound { get; init; }

    public static ClaimFigure Of(
        string chart, string name, string unit, ConfidenceInterval interval, double? x = null, string? axis = null, double? bound = null) =>
        new(chart, name, unit, interval.Estimate, interval.Low, interval.High, x) { Axis = axis, Bound = bound };
}
